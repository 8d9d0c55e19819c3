// A picture that the backend would not take, such as a very large photo, becomes a smaller copy first.

const KINDS = ["image/jpeg", "image/png", "image/gif"];
const MOST_BYTES = 5 * 1024 * 1024;
const MOST_PIXELS = 40_000_000;
const LONGEST = 2560; // pixels, the longer side of a copy at most

// `file` itself where it fits, and what this browser cannot draw: the backend says what is wrong with it.
export async function fitting(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const isFit = KINDS.includes(file.type) && file.size <= MOST_BYTES && picture.width * picture.height <= MOST_PIXELS;
  return isFit ? file : smaller(picture);
}

async function smaller(picture) {
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white"; // a JPEG has no holes
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const content = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return new File([content], "copy.jpg", { type: "image/jpeg" });
}
