// Who calls? API keys, tokens, Basic and signed requests, asked in one place.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/access/api_key.h"
#include "gateway/access/caller.h"
#include "gateway/fetch/fetch.h"
#include "gateway/access/jose/jwt.h"
#include "gateway/access/key_cache.h"
#include "gateway/access/own_tokens.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// What became of a caller's credentials.
struct Identification {
  std::shared_ptr<const Caller> caller;  ///< set: let in, as far as its scopes go
  /// Not known yet: keys must be fetched, a token asked about, or the body read. Ask again where blocking is
  /// allowed.
  bool pending = false;
  std::string_view code = "AUTH-0001";  ///< of the refusal
  std::string reason =
      "no credentials";  ///< for the audit trail: "token expired"; the caller never learns it
  bool busy = false;     ///< nothing was decided: the caller should come back
};

/// How opaque tokens are asked about; fetch() but in tests.
using Introspect = std::function<std::expected<std::string, FetchFault>(const FetchRequest&)>;

/// The callers of one configuration. Tokens that were verified are remembered for a minute at most. [any]
class Authenticator {
 public:
  Authenticator(const Settings& settings, KeyCache* keys, Introspect introspect = fetch);

  /// `may_block`: the body is there, and network and files may be waited for.
  [[nodiscard]] Identification admit(const Request& request, std::chrono::sys_seconds now,
                                     bool may_block) const;

  [[nodiscard]] const TokenMint& mint() const { return mint_; }

 private:
  struct Remembered {
    std::shared_ptr<const Caller> caller;
    std::chrono::sys_seconds until;
  };
  [[nodiscard]] Identification identify(const Request& request, std::chrono::sys_seconds now,
                                        bool may_block) const;
  [[nodiscard]] Identification by_key(const ApiKey* key, std::chrono::sys_seconds now) const;
  [[nodiscard]] Identification by_basic(const Request& request, std::string_view text,
                                        std::chrono::sys_seconds now) const;
  [[nodiscard]] Identification by_token(const Request& request, std::string_view token,
                                        std::chrono::sys_seconds now, bool may_block) const;
  [[nodiscard]] Identification by_jwt(const Issuer& issuer, std::string_view token,
                                      std::chrono::sys_seconds now, bool may_block) const;
  [[nodiscard]] Identification by_introspection(const Request& request, std::string_view token,
                                                std::chrono::sys_seconds now, bool may_block) const;
  /// Asks these, one after the other, until one knows it.
  [[nodiscard]] Identification ask_about(const std::vector<const Issuer*>& issuers, std::string_view token,
                                         std::chrono::sys_seconds now) const;
  [[nodiscard]] Identification by_signature(const Request& request, std::chrono::sys_seconds now,
                                            bool may_block) const;
  [[nodiscard]] Identification by_certificate(const PeerCertificate& certificate) const;
  [[nodiscard]] Identification by_own_token(std::string_view token, std::chrono::sys_seconds now) const;
  [[nodiscard]] Identification of_claims(const Issuer& issuer, const Claims& claims) const;
  [[nodiscard]] std::shared_ptr<const Caller> remembered(const std::string& digest,
                                                         std::chrono::sys_seconds now) const;
  void remember(const std::string& digest, const std::shared_ptr<const Caller>& caller,
                std::chrono::sys_seconds until) const;

  KeyRing ring_;
  TokenMint mint_;
  std::vector<ApiKey> entries_;
  std::unordered_map<std::string, std::shared_ptr<const Caller>> by_key_;  // by the key's id
  std::vector<std::string> closed_;                                        // tenants
  std::vector<Issuer> issuers_;
  std::vector<Signer> signers_;
  std::vector<CertifiedCaller> certificates_;
  std::map<std::string, std::vector<std::string>> roles_;
  std::vector<std::vector<std::string>> separated_;
  bool plain_text_;
  KeyCache* keys_;
  Introspect introspect_;
  mutable std::atomic<int> asking_{0};
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, Remembered> tokens_;  // by the token's digest; guarded by mutex_
};

}  // namespace purser::gateway
