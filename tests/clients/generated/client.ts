// A client whose paths, parameters and answers are typed by the gateway's own description. It compiles only if the description
// has them, and it runs against a gateway.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

const [baseUrl, key] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } });

const order = {
  document: "purchase_order", number: "PO-77", issue_date: "2026-11-20", currency: "EUR",
  buyer: { name: "Nordwind" }, seller: { name: "Muster" },
  lines: [{ number: "1", item: { name: "Bolt" }, quantity: { value: "10", unit: "C62" } }],
};
const posted = await client.POST("/v1/documents", {
  params: { query: { source: "api" }, header: { "Idempotency-Key": "k-77" } }, body: order,
});
assert.equal(posted.response.status, 202);
const id: string = posted.data!.id;
const again = await client.POST("/v1/documents", {
  params: { query: { source: "api" }, header: { "Idempotency-Key": "k-77" } }, body: order,
});
assert.equal(again.data!.id, id);

const shown = await client.GET("/v1/documents/{id}", { params: { path: { id } } });
assert.equal(shown.response.status, 200);
assert.equal(shown.data!.id, id);
const tag = shown.response.headers.get("ETag");
assert.ok(tag, "every answer to GET has its tag");

const listed = await client.GET("/v1/documents", { params: { query: { limit: 1 } } });
assert.equal(listed.data!.documents[0]!.id, id);
const traced = await client.GET("/v1/keys/{kind}/{number}", { params: { path: { kind: "order", number: "PO-77" } } });
assert.equal(traced.data!.documents.length, 1);

const none = await client.GET("/v1/documents/{id}", { params: { path: { id: "m0000000000001" } } });
assert.equal(none.response.status, 404);
assert.equal(none.error!.code, "INTAKE-0011");
console.log("the generated client works");
