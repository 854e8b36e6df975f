#include "connectors/cxml/calls.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace purser::cxml {
namespace {

constexpr std::string_view extension_mark = " x";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The first word of `text`, which loses it.
std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const auto word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return word;
}

/// Country of a dialling code (ITU-T E.164), for numbers whose country is not told: the DTD wants one. Where
/// countries share a code, the one with most numbers.
struct Dialling {
  std::string_view code, country;
};
constexpr Dialling dialling[] = {
    {"1", "US"},   {"7", "RU"},   {"20", "EG"},  {"27", "ZA"},  {"30", "GR"},  {"31", "NL"},  {"32", "BE"},
    {"33", "FR"},  {"34", "ES"},  {"36", "HU"},  {"39", "IT"},  {"40", "RO"},  {"41", "CH"},  {"43", "AT"},
    {"44", "GB"},  {"45", "DK"},  {"46", "SE"},  {"47", "NO"},  {"48", "PL"},  {"49", "DE"},  {"52", "MX"},
    {"54", "AR"},  {"55", "BR"},  {"56", "CL"},  {"57", "CO"},  {"60", "MY"},  {"61", "AU"},  {"62", "ID"},
    {"63", "PH"},  {"64", "NZ"},  {"65", "SG"},  {"66", "TH"},  {"81", "JP"},  {"82", "KR"},  {"84", "VN"},
    {"86", "CN"},  {"90", "TR"},  {"91", "IN"},  {"92", "PK"},  {"351", "PT"}, {"352", "LU"}, {"353", "IE"},
    {"354", "IS"}, {"356", "MT"}, {"357", "CY"}, {"358", "FI"}, {"359", "BG"}, {"370", "LT"}, {"371", "LV"},
    {"372", "EE"}, {"380", "UA"}, {"381", "RS"}, {"385", "HR"}, {"386", "SI"}, {"420", "CZ"}, {"421", "SK"},
    {"852", "HK"}, {"886", "TW"}, {"966", "SA"}, {"971", "AE"}, {"972", "IL"}};

std::string_view country_of(std::string_view code) {
  const auto found = std::ranges::find(dialling, code, &Dialling::code);
  return found == std::end(dialling) ? std::string_view("ZZ") : found->country;  // ISO 3166: unknown
}

/// Phone or Fax as "telephone" or "telefax". `named`: its @name is the contact's function where nothing else
/// says it.
map::Call number(const std::string& field, bool named) {
  const auto read = [field, named](const map::NodeView& from, map::GroupEditor& to) {
    std::string text;
    for (const char* part :
         {"TelephoneNumber/CountryCode", "TelephoneNumber/AreaOrCityCode", "TelephoneNumber/Number"}) {
      if (const auto value = from.text(part); !value.empty())
        text += (text.empty() ? "" : " ") + std::string(value);
    }
    if (!from.text("TelephoneNumber/CountryCode").empty()) text.insert(0, "+");
    if (const auto value = from.text("TelephoneNumber/Extension"); !value.empty())
      text += std::string(extension_mark) + std::string(value);
    if (!text.empty()) to.set(field, text);
    if (const auto country = from.text("TelephoneNumber/CountryCode/@isoCountryCode"); !country.empty())
      to.set(field + "_country", country);
    const auto name = from.text("@name");
    if (named && !name.empty() && to.get("function").empty()) to.set("function", name);
    from.used_all();
  };
  const auto write = [field, named](const map::GroupEditor& from, map::NodeEditor& to) {
    const std::string whole = from.get(field);
    if (whole.empty()) return;
    std::string_view text = whole;
    std::string_view extension;
    if (const auto at = text.rfind(extension_mark); at != std::string_view::npos) {
      extension = text.substr(at + extension_mark.size());
      text = text.substr(0, at);
    }
    std::string_view country, area;
    if (text.starts_with('+')) {
      text.remove_prefix(1);
      country = take_word(text);
    }
    if (text.contains(' ')) area = take_word(text);
    const auto known = from.get(field + "_country");
    if (named) to.set("@name", from.get("function"));
    to.set("TelephoneNumber/CountryCode/@isoCountryCode", known.empty() ? country_of(country) : known);
    to.set("TelephoneNumber/CountryCode", country);
    to.set_even_empty("TelephoneNumber/AreaOrCityCode", area);  // the DTD wants both
    to.set_even_empty("TelephoneNumber/Number", text);
    if (!extension.empty()) to.set("TelephoneNumber/Extension", extension);
  };
  return {read, write};
}

std::string_view meaning(std::string_view code) {
  constexpr std::size_t length = 3;
  if (code.size() != length || !std::ranges::all_of(code, is_digit)) return "received";
  return code.front() == '2'   ? "accepted"
         : code.front() == '4' ? "rejected"
         : code.front() == '5' ? "failed"
                               : "received";
}

struct StatusPart {
  const char* source;
  const char* field;
};
constexpr StatusPart status_parts[] = {{"@code", "status_code"},
                                       {"@text", "status_text"},
                                       {"@xml:lang", "status_language"},
                                       {".", "status_detail"}};

void read_status(const map::NodeView& from, map::GroupEditor& to) {
  for (const auto& part : status_parts) {
    if (const auto value = from.text(part.source); !value.empty()) to.set(part.field, value);
  }
  to.set("status", meaning(from.text("@code")));
  from.used_all();
}

/// The status code for what became of a document, where no cXML code is known.
std::string_view code_of(std::string_view status) {
  if (status == "rejected") return "400";
  if (status == "failed") return "550";
  return status == "received" || status == "conditionally_accepted" ? "201" : "200";
}

void write_status(const map::GroupEditor& from, map::NodeEditor& to) {
  const auto status = from.get("status");
  for (const auto& part : status_parts) {
    if (const auto value = from.get(part.field); !value.empty()) to.set(part.source, value);
  }
  if (from.get("status_code").empty()) to.set("@code", code_of(status));
  if (from.get("status_text").empty())
    to.set("@text", status == "rejected" ? "Bad Request"
                    : status == "failed" ? "Unable to reach cXML server"
                                         : "OK");
}

}  // namespace

map::CallTable calls() {
  map::CallTable table;
  table.add("telephone", number("telephone", false));
  table.add("telefax", number("telefax", false));
  table.add("named_telephone", number("telephone", true));
  table.add("named_telefax", number("telefax", true));
  table.add("status", {read_status, write_status});
  return table;
}

}  // namespace purser::cxml
