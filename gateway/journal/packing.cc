#include "gateway/journal/packing.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gateway/journal/sealed_text.h"

namespace purser::gateway {
namespace {

using nlohmann::json;

// Values come from hostile documents; what is not UTF-8 is replaced instead of failing the admission.
std::string dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

// Numbers of documents are nearly always what JSON takes as it is, and there are some for each document.
void put_quoted(std::string& into, std::string_view text) {
  const bool plain =
      std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
  if (plain) {
    into.append("\"").append(text).append("\"");
  } else {
    into += dump(text);
  }
}

void put_position(json& into, const Position& at) {
  if (at == Position{}) return;
  into["at"] = {at.offset, at.line, at.column, at.segment, at.element, at.component, at.table, at.row};
}

Position position_of(const json& from) {
  Position at;
  const auto found = from.find("at");
  if (found == from.end() || found->size() != 8) return at;
  at.offset = (*found)[0].get<std::uint64_t>();
  at.line = (*found)[1].get<std::uint32_t>();
  at.column = (*found)[2].get<std::uint32_t>();
  at.segment = (*found)[3].get<std::uint32_t>();
  at.element = (*found)[4].get<std::uint16_t>();
  at.component = (*found)[5].get<std::uint16_t>();
  at.table = (*found)[6].get<std::uint16_t>();
  at.row = (*found)[7].get<std::uint16_t>();
  return at;
}

void put_text(json& into, const char* name, const std::string& value) {
  if (!value.empty()) into[name] = value;
}

}  // namespace

std::string pack(const Finding& finding) {
  json out = {
      {"code", finding.code}, {"severity", static_cast<int>(finding.severity)}, {"message", finding.message}};
  put_position(out, finding.at);
  put_text(out, "source", finding.source);
  put_text(out, "path", finding.path);
  put_text(out, "expected", finding.expected);
  put_text(out, "remedy", finding.remedy);
  return dump(out);
}

std::string pack(const Loss& loss) {
  json out = {{"source", loss.source}, {"value", loss.value}};
  put_position(out, loss.at);
  return dump(out);
}

std::string pack(const std::vector<Key>& keys) {
  std::string out = "[";
  for (const Key& key : keys) {
    out += out.size() > 1 ? ",[" : "[";
    put_quoted(out, key.kind);
    out += ',';
    put_quoted(out, key.value);
    out += ']';
  }
  return out += ']';
}

// Quotes within a text are escaped, so that what begins and ends with bare ones is a whole key.
std::string packed(std::string_view kind, std::string_view value) {
  std::string out;
  if (!kind.empty()) {
    out += '[';
    put_quoted(out, kind);
  }
  out += ',';
  put_quoted(out, value);
  return out += ']';
}

Finding unpack_finding(std::string_view content) {
  const json in = json::parse(content, nullptr, false);
  Finding finding;
  if (!in.is_object()) return finding;
  finding.code = in.value("code", "");
  finding.severity = static_cast<Severity>(in.value("severity", static_cast<int>(Severity::error)));
  finding.at = position_of(in);
  finding.source = in.value("source", "");
  finding.path = in.value("path", "");
  finding.message = in.value("message", "");
  finding.expected = in.value("expected", "");
  finding.remedy = in.value("remedy", "");
  return finding;
}

Loss unpack_loss(std::string_view content) {
  const json in = json::parse(content, nullptr, false);
  if (!in.is_object()) return {};
  return {position_of(in), in.value("source", ""), in.value("value", "")};
}

Finding unpack_finding(std::string_view content, Sealing& sealing) {
  const auto text = open_text(sealing, content);
  return text ? unpack_finding(*text) : make_finding(text.error().code, {}, text.error().message);
}

Loss unpack_loss(std::string_view content, Sealing& sealing) {
  const auto text = open_text(sealing, content);
  return text ? unpack_loss(*text) : Loss{{}, text.error().code, text.error().message};
}

std::vector<Key> unpack_keys(std::string_view content) {
  std::vector<Key> keys;
  const json in = json::parse(content, nullptr, false);
  if (!in.is_array()) return keys;
  for (const json& pair : in) keys.push_back({pair.at(0).get<std::string>(), pair.at(1).get<std::string>()});
  return keys;
}

}  // namespace purser::gateway
