// TLS: the server's context out of PEM files, and what a caller's certificate says.
#include <array>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/error.hpp>

#include "gateway/intake/http_session.h"

namespace purser::gateway {
namespace {

using boost::beast::error_code;

std::unexpected<Status> unusable(std::string_view code, std::string what) {
  ERR_clear_error();
  return std::unexpected(Status{StatusClass::invalid, std::string(code), std::move(what)});
}

std::string fingerprint_of(const X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned length = 0;
  if (X509_digest(certificate, EVP_sha256(), hash.data(), &length) != 1) return {};
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += digits[hash[i] >> 4U];
    text += digits[hash[i] & 15U];
  }
  return text;
}

// "DNS:erp.example" for one name; empty for kinds nobody is known by. A name with a zero byte inside is none.
std::string text_of(const GENERAL_NAME* name) {
  int kind = 0;
  const auto* value = static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(name, &kind));
  const char* prefix = kind == GEN_DNS     ? "DNS:"
                       : kind == GEN_URI   ? "URI:"
                       : kind == GEN_EMAIL ? "email:"
                                           : nullptr;
  if (prefix == nullptr) return {};
  std::string text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                   static_cast<std::size_t>(ASN1_STRING_length(value)));
  return text.find('\0') == std::string::npos ? prefix + text : std::string();
}

// Resumed sessions are not verified again, so a revoked certificate would stay good: none are resumed.
Outcome ask_for_certificates(SSL_CTX* context, const FrontSettings& settings) {
  if (settings.client_certificate == ClientCertificate::none) return {};
  bool required = settings.client_certificate == ClientCertificate::required;
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | (required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nullptr);
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  for (const auto& file : settings.client_authorities) {
    if (SSL_CTX_load_verify_locations(context, file.c_str(), nullptr) != 1 ||
        SSL_add_file_cert_subjects_to_stack(SSL_CTX_get_client_CA_list(context), file.c_str()) != 1)
      return unusable("CONFIG-0020", "certificate authority " + file + " cannot be read");
  }
  if (settings.revoked_file.empty()) return {};
  auto* store = SSL_CTX_get_cert_store(context);
  auto* lookup = X509_STORE_add_lookup(store, X509_LOOKUP_file());
  if (X509_load_crl_file(lookup, settings.revoked_file.c_str(), X509_FILETYPE_PEM) < 1)
    return unusable("CONFIG-0020", "revocation list " + settings.revoked_file + " cannot be read");
  X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK);
  return {};
}

}  // namespace

std::shared_ptr<const PeerCertificate> peer_certificate(SSL* connection) {
  const X509* certificate = SSL_get0_peer_certificate(connection);
  if (certificate == nullptr || SSL_get_verify_result(connection) != X509_V_OK) return nullptr;
  auto peer = std::make_shared<PeerCertificate>();
  peer->fingerprint = fingerprint_of(certificate);
  const auto* chain = SSL_get0_verified_chain(connection);
  for (int i = 1; chain != nullptr && i < sk_X509_num(chain); ++i)
    peer->authorities.push_back(fingerprint_of(sk_X509_value(chain, i)));
  auto* names =
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names); ++i) {
    if (auto text = text_of(sk_GENERAL_NAME_value(names, i)); !text.empty())
      peer->names.push_back(std::move(text));
  }
  GENERAL_NAMES_free(names);
  return peer;
}

std::expected<std::shared_ptr<asio::ssl::context>, Status> load_tls(const FrontSettings& settings) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  error_code error;
  auto* native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, settings.only_tls_1_3 ? TLS1_3_VERSION : TLS1_2_VERSION);
  SSL_CTX_set_options(native,
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // 34 KiB less for each idle connection
  SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
  context->use_certificate_chain_file(settings.certificate_file, error);
  if (error)
    return unusable("CONFIG-0020", "certificate " + settings.certificate_file + ": " + error.message());
  context->use_private_key_file(settings.private_key_file, asio::ssl::context::pem, error);
  if (error || SSL_CTX_check_private_key(native) != 1)
    return unusable("CONFIG-0021",
                    "private key " + settings.private_key_file + " is unreadable or another's");
  if (settings.client_certificate != ClientCertificate::none)
    SSL_CTX_set_client_CA_list(native, sk_X509_NAME_new_null());
  if (auto asked = ask_for_certificates(native, settings); !asked) return std::unexpected(asked.error());
  return context;
}

}  // namespace purser::gateway
