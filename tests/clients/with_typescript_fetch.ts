// What a client of openapi-generator's typescript-fetch can do. Called with the site's address and a picture.
import { readFile } from "node:fs/promises";
import { Configuration, PostsApi, ResponseError, SessionsApi, UsersApi } from "./fetch/index.js";

const [address, picture] = process.argv.slice(2);
const visitor = new UsersApi(new Configuration({ basePath: address }));
const listed = await visitor.listUsers({ limit: 3 });
const filtered = await visitor.listUsers({ uid: "hop" });
const ada = { name: "Ada Lovelace", uid: "ada", password: "battery staple" };
const created = await visitor.createUser({ createUserRequest: ada });
const refused = await visitor.createUser({ createUserRequest: ada }).catch((error: ResponseError) => error.response.json());
const sessions = new SessionsApi(new Configuration({ basePath: address }));
const login = await sessions.createSession({ createSessionRequest: { uid: "ada", password: "battery staple" } });
const known = new Configuration({ basePath: address, accessToken: login.token });
const member = new UsersApi(known);
const updated = await member.updateUser({ id: created.id, updateUserRequest: { name: "Ada L." } });
const posts = new PostsApi(known);
const post = await posts.createPost({ createPostRequest: { note: "Look" } });
const uploaded = await posts.putImage({ id: post.id, body: new Blob([await readFile(picture)]) });
const deleted = await member.deleteUserRaw({ id: created.id });
console.log(
  JSON.stringify({
    listed: listed.users.map((user) => user.uid),
    filtered: filtered.users.map((user) => user.name),
    created: created.uid,
    refused: refused.problems,
    updated: updated.name,
    uploaded: uploaded.image!.width,
    deleted: deleted.raw.status,
  }),
);
