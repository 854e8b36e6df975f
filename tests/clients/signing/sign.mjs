// Signs with each package and asks `purser verify`; ends with an error at the first answer that is not as expected.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as jose from "jose";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";

const purser = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "purser-signing-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
let checks = 0;

function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function ask(expected, what, words) {
  const run = spawnSync(purser, [...words, "--json"], { encoding: "utf8" });
  const answer = run.stdout ? JSON.parse(run.stdout) : {};
  const verdict = answer.valid ? "valid" : answer.reason;
  if (verdict !== expected || run.status !== (answer.valid ? 0 : 1)) {
    console.error(`${what}: ${verdict} (exit ${run.status}) instead of ${expected}\n${run.stderr}`);
    process.exit(1);
  }
  checks += 1;
  return answer;
}

// Webhooks
const secret = "whsec_" + randomBytes(32).toString("base64");
const secretFile = file("secret", secret + "\n");
const body = JSON.stringify({ order: 1, note: "Grüße" });
for (const [scheme, Webhook] of [["standard", StandardWebhook], ["svix", SvixWebhook]]) {
  const prefix = scheme === "svix" ? "svix" : "webhook";
  const at = new Date();
  const sent = (signature, text, time = at) =>
    file("webhook", `POST /v1/webhooks/shop HTTP/1.1\r\n${prefix}-id: msg_1\r\n${prefix}-timestamp: ` +
      `${Math.floor(time.getTime() / 1000)}\r\n${prefix}-signature: ${signature}\r\n\r\n${text}`);
  const words = (path) => ["verify", "webhook", path, "--scheme", scheme, "--secret", secretFile];
  const signature = new Webhook(secret).sign("msg_1", at, body);
  ask("valid", `${scheme} signs`, words(sent(signature, body)));
  ask("forged", `${scheme}, another body`, words(sent(signature, body + " ")));
  const old = new Date(at.getTime() - 400_000);
  ask("stale", `${scheme}, old`, words(sent(new Webhook(secret).sign("msg_1", old, body), body, old)));
  const other = new Webhook("whsec_" + randomBytes(32).toString("base64")).sign("msg_1", at, body);
  ask("forged", `${scheme}, another secret`, words(sent(other, body)));
  ask("valid", `${scheme}, two secrets in rotation`, words(sent(`${other} ${signature}`, body)));
}

// Tokens
const now = Math.floor(Date.now() / 1000);
for (const algorithm of ["RS256", "PS256", "ES256", "ES384", "EdDSA"]) {
  const pair = await jose.generateKeyPair(algorithm, { crv: "Ed25519", extractable: true });
  const jwk = { ...(await jose.exportJWK(pair.publicKey)), kid: "k1", use: "sig", alg: algorithm };
  const stranger = await jose.generateKeyPair(algorithm, { crv: "Ed25519", extractable: true });
  const keys = file("jwks.json", JSON.stringify({ keys: [{ kty: "PQC", kid: "new" }, jwk] }));
  const pem = file("key.pem", await jose.exportSPKI(pair.publicKey));
  const sign = (key, claims = {}, kid = "k1") =>
    new jose.SignJWT({ scope: "documents:read", ...claims })
      .setProtectedHeader({ alg: algorithm, kid, typ: "at+jwt" })
      .setIssuer("https://id.example").setAudience("purser").setSubject("alice")
      .setIssuedAt(now).setExpirationTime(claims.exp ?? now + 300).sign(key);
  const words = (token, by = keys) =>
    ["verify", "jwt", file("token", token), "--keys", by, "--issuer", "https://id.example", "--audience", "purser"];
  const answer = ask("valid", `jose ${algorithm}`, words(await sign(pair.privateKey)));
  if (answer.claims.sub !== "alice") throw new Error("the claims are others");
  ask("valid", `jose ${algorithm} by PEM`, words(await sign(pair.privateKey), pem));
  ask("signature", `jose ${algorithm}, another key`, words(await sign(stranger.privateKey)));
  ask("unknown-key", `jose ${algorithm}, unknown kid`, words(await sign(pair.privateKey, {}, "k2")));
  ask("expired", `jose ${algorithm}, expired`, words(await sign(pair.privateKey, { exp: now - 120 })));
}
const unsecured = new jose.UnsecuredJWT({}).setExpirationTime("2h").encode();
ask("algorithm", "jose, alg none", ["verify", "jwt", file("token", unsecured), "--keys", join(folder, "jwks.json")]);
console.log(`${checks} answers as expected`);
