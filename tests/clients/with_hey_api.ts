// What a client of hey-api can do. Called with the site's address and a picture.
import { readFile } from "node:fs/promises";
import { client } from "./hey/client.gen.js";
import * as api from "./hey/sdk.gen.js";

const [address, picture] = process.argv.slice(2);
client.setConfig({ baseUrl: address });
const listed = await api.listUsers({ query: { limit: 3 } });
const filtered = await api.listUsers({ query: { uid: "hop" } });
const ada = { name: "Ada Lovelace", uid: "ada", password: "battery staple" };
const created = await api.createUser({ body: ada });
const refused = await api.createUser({ body: ada });
const login = await api.createSession({ body: { uid: "ada", password: "battery staple" } });
client.setConfig({ baseUrl: address, auth: (scheme) => (scheme.scheme === "bearer" ? login.data!.token : undefined) });
const path = { id: created.data!.id };
const updated = await api.updateUser({ path, body: { name: "Ada L." } });
const post = await api.createPost({ body: { note: "Look" } });
const body = new Blob([await readFile(picture)]);
const uploaded = await api.putImage({ path: { id: post.data!.id }, body });
const deleted = await api.deleteUser({ path });
console.log(
  JSON.stringify({
    listed: listed.data!.users.map((user) => user.uid),
    filtered: filtered.data!.users.map((user) => user.name),
    created: created.data!.uid,
    refused: refused.error!.problems,
    updated: updated.data!.name,
    uploaded: uploaded.data!.image!.width,
    deleted: deleted.response!.status,
  }),
);
