// What a client of openapi-typescript and openapi-fetch can do. Called with the site's address and a picture.
import { readFile } from "node:fs/promises";
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

const [address, picture] = process.argv.slice(2);
const visitor = createClient<paths>({ baseUrl: address });
const listed = await visitor.GET("/api/users", { params: { query: { limit: 3 } } });
const filtered = await visitor.GET("/api/users", { params: { query: { uid: "hop" } } });
const ada = { name: "Ada Lovelace", uid: "ada", password: "battery staple" };
const created = await visitor.POST("/api/users", { body: ada });
const refused = await visitor.POST("/api/users", { body: ada });
const login = await visitor.POST("/api/sessions", { body: { uid: "ada", password: "battery staple" } });
const headers = { Authorization: `Bearer ${login.data!.token}` };
const member = createClient<paths>({ baseUrl: address, headers });
const path = { id: created.data!.id };
const updated = await member.PATCH("/api/users/{id}", { params: { path }, body: { name: "Ada L." } });
const post = await member.POST("/api/posts", { body: { note: "Look" } });
const bytes = await readFile(picture);
const uploaded = await member.PUT("/api/posts/{id}/image", {
  params: { path: { id: post.data!.id } },
  body: "", // its type is text, so the bytes come from the line below
  bodySerializer: () => new Blob([bytes]),
  headers: { "Content-Type": "application/octet-stream" },
});
const deleted = await member.DELETE("/api/users/{id}", { params: { path } });
console.log(
  JSON.stringify({
    listed: listed.data!.users.map((user) => user.uid),
    filtered: filtered.data!.users.map((user) => user.name),
    created: created.data!.uid,
    refused: refused.error!.problems,
    updated: updated.data!.name,
    uploaded: uploaded.data!.image!.width,
    deleted: deleted.response.status,
  }),
);
