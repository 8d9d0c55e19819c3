// A picture that the site would not take becomes a smaller copy of a kind that it does, drawn by the browser.
const LONGEST = 2560; // pixels, the longer side at most
const QUALITY = 0.9; // of a JPEG

// What to send in place of `file`, which `image` shows, and the words that say so.
export async function smaller(file, image, mostBytes) {
  for (let longest = LONGEST; longest > 64; longest *= 0.7) {
    const canvas = drawn(image, longest);
    const type = isOpaque(canvas) ? "image/jpeg" : "image/png";
    const content = await new Promise((done) => canvas.toBlob(done, type, QUALITY));
    if (content.size > mostBytes) continue;
    const kind = type.slice(6);
    const name = file.name.replace(/\.\w*$/, "") + (kind === "jpeg" ? ".jpg" : ".png");
    return [new File([content], name, { type }), words(file, canvas, kind.toUpperCase())];
  }
  throw new Error("no copy is small enough");
}

function words(file, { width, height }, kind) {
  const still = file.type === "image/gif" ? " It stands still." : "";
  const size = [width, height].map((side) => side.toLocaleString("en")).join(" × ");
  return `The picture itself is too large, or of another kind. A copy of it is sent: ${kind}, ${size} pixels.${still}`;
}

// Upright, as the browser shows it.
function drawn(image, longest) {
  const canvas = document.createElement("canvas");
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(1, longest / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function isOpaque(canvas) {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  for (let place = 3; place < data.length; place += 4) if (data[place] < 255) return false;
  return true;
}
