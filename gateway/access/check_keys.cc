#include "gateway/access/check_keys.h"

#include "gateway/access/own_tokens.h"
#include "gateway/fetch/fetch.h"

namespace purser::gateway {
namespace {

void complain(Report& report, std::string path, const std::string& what) {
  auto finding = make_finding("CONFIG-0017", {}, path + ": " + what);
  finding.path = std::move(path);
  report.add(std::move(finding));
}

void check_file(const std::string& file, std::string path, Report& report) {
  if (file.empty() || is_url(file)) return;
  auto text = fetch_or_read(file, false);
  auto keys = text ? parse_keys(*text) : std::unexpected(text.error());
  if (!keys) return complain(report, std::move(path), keys.error());
  if (keys->keys.empty())
    complain(report, std::move(path), keys->notes.empty() ? "the set is empty" : keys->notes.front());
}

void check_checkpoints(const CheckpointSettings& checkpoints, Report& report) {
  if (checkpoints.to.empty()) return;
  const auto keys = parse_keys(checkpoints.key);
  const bool signs = keys && !keys->keys.empty() && keys->keys.front().key.is_private() &&
                     keys->keys.front().key.kind() == KeyKind::ed25519;
  if (!signs) complain(report, "audit.checkpoints.key", "this is no PEM text of a private Ed25519 key");
  if (!checkpoints.previous.empty() && !parse_keys(checkpoints.previous))
    complain(report, "audit.checkpoints.previous", "this is neither PEM text of a public key nor a JWK Set");
}

}  // namespace

void check_keys(const Settings& settings, Report& report) {
  for (const auto& issuer : settings.issuers)
    check_file(issuer.keys, "issuers." + issuer.name + ".keys", report);
  for (const auto& signer : settings.signers)
    check_file(signer.keys, "signers." + signer.name + ".keys", report);
  if (auto fault = TokenMint(settings.tokens).fault(); !fault.empty())
    complain(report, "access.tokens.key", fault);
  check_checkpoints(settings.checkpoints, report);
}

}  // namespace purser::gateway
