// key ca: an authority of one's own, and certificates by it for the gateway and for callers.
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/access/jose/openssl.h"
#include "gateway/port/random.h"
#include "tools/purser/commands.h"
#include "tools/purser/files.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

using gateway::Freed;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;

constexpr long day = 24 * 60 * 60;
constexpr long authority_days = 3650;  // its key changes with it, and every caller must learn of it
constexpr long default_days = 365;     // of what it signs; browsers take no server certificate beyond 398
constexpr long max_days = 3650;
constexpr int serial_bytes = 16;  // random: RFC 5280 section 4.1.2.2 allows up to 20

/// What a certificate is for.
struct Purpose {
  std::string name;                  ///< common name
  std::string subject_alternatives;  ///< "DNS:a,IP:127.0.0.1"
  const char* basic;
  const char* usage;
  const char* extended;  ///< null: none
  long days;
};

bool extend(X509* certificate, X509* issuer, int what, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, what, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_serial(X509* certificate) {
  std::uint8_t bytes[serial_bytes];
  gateway::SystemRandom random;
  random.fill(bytes);
  bytes[0] = static_cast<std::uint8_t>((bytes[0] & 0x7fU) | 0x40U);  // positive, and never short
  const std::unique_ptr<BIGNUM, Freed<BN_free>> number(BN_bin2bn(bytes, serial_bytes, nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

/// Version 3, from a minute ago on for clocks that differ. `issuer` null: signed by itself.
Certificate certify(const Purpose& purpose, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key) {
  Certificate certificate(X509_new());
  X509* by = issuer == nullptr ? certificate.get() : issuer;
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const auto* text = reinterpret_cast<const unsigned char*>(purpose.name.data());
  const bool well =
      X509_set_version(certificate.get(), X509_VERSION_3) == 1 && set_serial(certificate.get()) &&
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, static_cast<int>(purpose.name.size()), -1,
                                 0) == 1 &&
      X509_set_issuer_name(certificate.get(), X509_get_subject_name(by)) == 1 &&
      X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60) != nullptr &&
      X509_gmtime_adj(X509_getm_notAfter(certificate.get()), purpose.days * day) != nullptr &&
      X509_set_pubkey(certificate.get(), key) == 1 &&
      extend(certificate.get(), by, NID_subject_key_identifier, "hash") &&
      extend(certificate.get(), by, NID_authority_key_identifier, "keyid:always") &&
      extend(certificate.get(), by, NID_basic_constraints, purpose.basic) &&
      extend(certificate.get(), by, NID_key_usage, purpose.usage) &&
      (purpose.extended == nullptr || extend(certificate.get(), by, NID_ext_key_usage, purpose.extended)) &&
      (purpose.subject_alternatives.empty() ||
       extend(certificate.get(), by, NID_subject_alt_name, purpose.subject_alternatives.c_str()));
  if (!well || X509_sign(certificate.get(), issuer_key, EVP_sha256()) == 0) return nullptr;
  return certificate;
}

std::string text_of(BIO* memory) {
  char* data = nullptr;
  const long length = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(std::max(0L, length))};
}

std::string pem_of(X509* certificate) {
  const Memory memory(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(memory.get(), certificate);
  return text_of(memory.get());
}

std::string pem_of(EVP_PKEY* key) {
  const Memory memory(BIO_new(BIO_s_mem()));
  PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return text_of(memory.get());
}

/// A new file; what is there already is never overwritten.
bool write_new(const std::string& path, const std::string& text, mode_t mode) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) return false;
  const bool whole =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  return ::close(file) == 0 && whole;
}

/// The folder's authority, made if it is not there.
struct Authority {
  Certificate certificate;
  Key key;
};

std::expected<Authority, std::string> authority_in(const std::string& folder, const std::string& name) {
  const std::string certificate_path = folder + "/ca.pem", key_path = folder + "/ca.key";
  Authority out;
  const auto certificate = content_of(certificate_path), key = content_of(key_path);
  if (certificate && key) {
    const Memory first(BIO_new_mem_buf(certificate->data(), static_cast<int>(certificate->size())));
    const Memory second(BIO_new_mem_buf(key->data(), static_cast<int>(key->size())));
    out.certificate.reset(PEM_read_bio_X509(first.get(), nullptr, nullptr, nullptr));
    out.key.reset(PEM_read_bio_PrivateKey(second.get(), nullptr, nullptr, nullptr));
    if (!out.certificate || !out.key || X509_check_private_key(out.certificate.get(), out.key.get()) != 1)
      return std::unexpected("ca.pem and ca.key are no certificate and its key");
    return out;
  }
  if (certificate || key) return std::unexpected("of ca.pem and ca.key one is missing");
  out.key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "prime256v1"));
  out.certificate = certify(
      {name, "", "critical,CA:TRUE,pathlen:0", "critical,keyCertSign,cRLSign", nullptr, authority_days},
      out.key.get(), nullptr, out.key.get());
  if (!out.certificate) return std::unexpected("no certificate could be made");
  if (!write_new(key_path, pem_of(out.key.get()), S_IRUSR | S_IWUSR) ||
      !write_new(certificate_path, pem_of(out.certificate.get()), S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH))
    return std::unexpected("ca.pem and ca.key cannot be written");
  return out;
}

bool is_name(std::string_view name) {
  constexpr std::size_t max_name = 64;  // of a common name (RFC 5280, ub-common-name)
  return !name.empty() && name.size() <= max_name && name.front() != '.' &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                  c == '-' || c == ':' || c == '_';
         });
}

bool is_address(const std::string& host) {
  const std::unique_ptr<ASN1_OCTET_STRING, Freed<ASN1_OCTET_STRING_free>> bytes(a2i_IPADDRESS(host.c_str()));
  return bytes != nullptr;
}

/// PATH.pem and PATH.key, signed by the authority.
int issue(const Authority& authority, const std::string& path, const Purpose& purpose) {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "prime256v1"));
  const Certificate certificate =
      certify(purpose, key.get(), authority.certificate.get(), authority.key.get());
  if (!certificate) return fail(exit_usage, fmt::format("no certificate for {} could be made", purpose.name));
  if (!write_new(path + ".key", pem_of(key.get()), S_IRUSR | S_IWUSR) ||
      !write_new(path + ".pem", pem_of(certificate.get()) + pem_of(authority.certificate.get()),
                 S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH))
    return fail(exit_environment,
                fmt::format("{0}.pem or {0}.key is there already, or cannot be written", path));
  print_line(fmt::format("{0}.pem and {0}.key are for {1}", path, purpose.name));
  return exit_ok;
}

}  // namespace

int key_ca_command(const Arguments& arguments) {
  const std::string& folder = arguments.operands().front();
  long days = default_days;
  if (const std::string text = arguments.get("--days"); !text.empty()) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
    if (error != std::errc() || end != text.data() + text.size() || days < 1 || days > max_days)
      return fail(exit_usage, fmt::format("--days is a number from 1 to {}", max_days));
  }
  const std::string host = arguments.get("--host"), client = arguments.get("--client");
  if ((!host.empty() && !is_name(host)) ||
      (!client.empty() && (!is_name(client) || client == "ca" || client == "server")))
    return fail(exit_usage, "a name has letters, digits, dots, hyphens and underscores");
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
    return fail(exit_environment, folder + " cannot be made");
  const auto authority = authority_in(folder, arguments.get("--name", "Purser local authority"));
  if (!authority) return fail(exit_environment, folder + ": " + authority.error());
  print_line(fmt::format("{}/ca.pem is the authority", folder));
  int code = exit_ok;
  if (!host.empty())
    code = issue(*authority, folder + "/server",
                 {host, fmt::format("{}:{}", is_address(host) ? "IP" : "DNS", host), "critical,CA:FALSE",
                  "critical,digitalSignature", "serverAuth", days});
  if (code == exit_ok && !client.empty())
    code = issue(
        *authority, folder + "/" + client,
        {client, "DNS:" + client, "critical,CA:FALSE", "critical,digitalSignature", "clientAuth", days});
  return code;
}

}  // namespace purser::cli
