#include "gateway/access/cxml_credential.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <pugixml.hpp>
#include <utility>

#include "canonical/value/date.h"
#include "canonical/value/text.h"
#include "gateway/access/hmac.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

using std::chrono::sys_seconds;

constexpr std::size_t mac_bytes = 12;  ///< 96 bits

std::string_view text_of(const pugi::xml_node& node) { return trimmed(node.text().get(), " \t\r\n"); }

/// A time without a zone is none that can be compared.
std::optional<sys_seconds> instant(std::string_view text) {
  const auto at = parse_date_time(text);
  if (!at || at->time.offset_minutes == Time::no_offset) return std::nullopt;
  using namespace std::chrono;
  const year_month_day day{year(at->date.year), month(at->date.month), std::chrono::day(at->date.day)};
  return sys_days(day) + hours(at->time.hour) + minutes(at->time.minute - at->time.offset_minutes) +
         seconds(at->time.second);
}

/// Every secret is tried, whichever fits.
bool is_secret(std::string_view given, std::span<const std::string> secrets) {
  bool fits = false;
  for (const auto& secret : secrets) fits = equal_in_constant_time(given, secret) || fits;
  return fits && !given.empty();
}

CxmlVerdict check_mac(const pugi::xml_node& mac, const CxmlMacInput& input,
                      std::span<const std::string> secrets, sys_seconds now) {
  if (std::string_view(mac.attribute("type").value()) != "FromSenderCredentials" ||
      std::string_view(mac.attribute("algorithm").value()) != "HMAC-SHA1-96")
    return CxmlVerdict::missing;
  bool fits = false;
  for (const auto& secret : secrets)
    fits = equal_in_constant_time(text_of(mac), cxml_mac(secret, input)) || fits;
  if (!fits) return CxmlVerdict::wrong;
  const auto from = instant(input.creation_date), to = instant(input.expiration_date);
  return from && to && *from <= now && now <= *to ? CxmlVerdict::valid : CxmlVerdict::stale;
}

CxmlVerdict check(const pugi::xml_node& header, const pugi::xml_node& credential,
                  std::span<const std::string> secrets, sys_seconds now) {
  if (const auto secret = credential.child("SharedSecret"))
    return is_secret(text_of(secret), secrets) ? CxmlVerdict::valid : CxmlVerdict::wrong;
  const auto mac = credential.child("CredentialMac");
  if (!mac) return CxmlVerdict::missing;
  const auto from = header.child("From").child("Credential");
  return check_mac(mac,
                   {from.attribute("domain").value(), text_of(from.child("Identity")),
                    credential.attribute("domain").value(), text_of(credential.child("Identity")),
                    mac.attribute("creationDate").value(), mac.attribute("expirationDate").value()},
                   secrets, now);
}

/// What the guide calls a status.
std::string_view status_text(unsigned status) {
  constexpr std::pair<unsigned, std::string_view> known[] = {{200, "OK"},
                                                             {201, "Accepted"},
                                                             {204, "No Content"},
                                                             {400, "Bad Request"},
                                                             {401, "Unauthorized"},
                                                             {403, "Forbidden"},
                                                             {406, "Not Acceptable"},
                                                             {409, "Conflict"},
                                                             {412, "Precondition Failed"},
                                                             {450, "Not Implemented"},
                                                             {475, "Signature Required"},
                                                             {500, "Internal Server Error"},
                                                             {550, "Unable to reach cXML server"},
                                                             {551, "Unable to forward request"},
                                                             {560, "Temporary server error"}};
  const auto found = std::ranges::find(known, status, [](const auto& each) { return each.first; });
  constexpr unsigned class_size = 100;
  if (found != std::end(known)) return found->second;
  return status / class_size == 2 ? "OK" : status / class_size == 4 ? "Bad Request" : "Internal Server Error";
}

}  // namespace

std::string_view name(CxmlVerdict verdict) {
  constexpr std::string_view names[] = {"valid", "missing", "wrong", "stale"};
  return names[static_cast<std::size_t>(verdict)];
}

CxmlSender verify_cxml(std::string_view head, std::span<const std::string> secrets, sys_seconds now) {
  CxmlSender sender;
  head = head.substr(0, cxml_head_bytes);
  pugi::xml_document document;
  // The head is cut anywhere: what was read up to there is what counts, if the header is whole. A DOCTYPE is
  // passed over by the parser, entities are not expanded.
  static_cast<void>(document.load_buffer(head.data(), head.size(), pugi::parse_default));
  const auto root = document.child("cXML");
  const auto header = root.child("Header");
  sender.payload_id = root.attribute("payloadID").value();
  if (!header.next_sibling()) return sender;  // cut before its end
  for (const auto& credential : header.child("Sender").children("Credential")) {
    const auto verdict = check(header, credential, secrets, now);
    const bool better = sender.identity.empty() || verdict == CxmlVerdict::valid;
    if (sender.verdict == CxmlVerdict::valid || !better) continue;
    sender.verdict = verdict;
    sender.domain = credential.attribute("domain").value();
    sender.identity = text_of(credential.child("Identity"));
  }
  return sender;
}

std::string cxml_mac(std::string_view key, const CxmlMacInput& input) {
  std::string data;
  for (const auto part : {input.from_domain, input.from_identity, input.sender_domain, input.sender_identity})
    data.append(lowered(part)).push_back('\0');
  for (const auto part : {input.creation_date, input.expiration_date}) data.append(part).push_back('\0');
  Hmac mac(key, "SHA1");
  mac.add(data);
  return base64_encoded(mac.finish().substr(0, mac_bytes));
}

std::string cxml_response(unsigned status, std::string_view detail, std::string_view payload_id,
                          sys_seconds now) {
  pugi::xml_document document;
  auto root = document.append_child("cXML");
  root.append_attribute("payloadID").set_value(std::string(payload_id).c_str());
  root.append_attribute("timestamp").set_value(fmt::format("{:%Y-%m-%dT%H:%M:%S}+00:00", now).c_str());
  auto node = root.append_child("Response").append_child("Status");
  node.append_attribute("code").set_value(status);
  node.append_attribute("text").set_value(std::string(status_text(status)).c_str());
  node.text().set(std::string(detail).c_str());
  struct Text : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override {
      text.append(static_cast<const char*>(data), size);
    }
  } out;
  out.text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<!DOCTYPE cXML SYSTEM \"http://xml.cxml.org/schemas/cXML/1.2.063/cXML.dtd\">\n";
  document.save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return out.text;
}

}  // namespace purser::gateway
