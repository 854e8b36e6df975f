#include "gateway/schema/scalar.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "canonical/value/date.h"

namespace purser::gateway {
namespace {

constexpr std::size_t full_date = 10;  // RFC 3339 section 5.6: no zone at a date

bool is_date(std::string_view text) { return text.size() == full_date && parse_date(text).has_value(); }

// RFC 3339 demands an offset.
bool is_date_time(std::string_view text) {
  static const re2::RE2 shape(R"(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d))");
  return re2::RE2::FullMatch(text, shape) && is_date(text.substr(0, full_date));
}

bool is_time(std::string_view text) {
  static const re2::RE2 shape(R"(([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]\d\d:\d\d))");
  return re2::RE2::FullMatch(text, shape);
}

// RFC 3986: a scheme, and only characters that stand in one.
bool is_uri(std::string_view text) {
  static const re2::RE2 shape(
      R"([A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?#@!$&'()*+,;=\[\]-]|%[0-9A-Fa-f]{2})+)");
  return re2::RE2::FullMatch(text, shape);
}

bool is_uuid(std::string_view text) {
  static const re2::RE2 shape("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  return re2::RE2::FullMatch(text, shape);
}

constexpr std::array forms = {Form{"date", is_date, "a date such as 2026-11-20"},
                              Form{"date-time", is_date_time, "a moment such as 2026-11-20T09:30:00Z"},
                              Form{"time", is_time, "a time such as 09:30:00Z"},
                              Form{"uri", is_uri, "an absolute URI such as https://erp.example/in"},
                              Form{"uuid", is_uuid, "a UUID"}};

std::string_view name_of(int type) {
  switch (type) {
    case null_type:
      return "null";
    case boolean_type:
      return "true or false";
    case integer_type:
      return "a whole number";
    case number_type:
      return "a number";
    case string_type:
      return "a text";
    case array_type:
      return "a list";
    default:
      return "an object";
  }
}

std::string types_described(std::uint8_t types) {
  if ((types & number_type) != 0) types = static_cast<std::uint8_t>(types & ~integer_type);
  std::string out;
  for (int bit = null_type; bit <= object_type; bit <<= 1) {
    if ((types & bit) != 0) out += fmt::format("{}{}", out.empty() ? "" : " or ", name_of(bit));
  }
  return out.empty() ? "nothing" : out;
}

// Characters of Unicode, as minLength and maxLength count them.
std::uint64_t characters(std::string_view text) {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void check_number(const Schema& schema, const Scalar& value, const Where& where, Verdict& verdict) {
  const bool needed = schema.minimum || schema.maximum || schema.above || schema.below;
  if (!needed) return;
  const auto say = [&](std::string expected) {
    fail(verdict, "SCHEMA-0006", where, shown(value.text) + " is out of bounds", std::move(expected));
  };
  if (!value.number) return say("a number that is not that large or small");
  const Number& number = *value.number;
  if (schema.minimum && number < *schema.minimum->number) say("at least " + schema.minimum->text);
  if (schema.maximum && number > *schema.maximum->number) say("at most " + schema.maximum->text);
  if (schema.above && number <= *schema.above->number) say("more than " + schema.above->text);
  if (schema.below && number >= *schema.below->number) say("less than " + schema.below->text);
}

void check_text(const Schema& schema, const Scalar& value, const Where& where, Verdict& verdict) {
  if (schema.length.least > 0 || schema.length.most != UINT64_MAX)
    check_count(schema.length, characters(value.text), "characters", where, verdict);
  if (schema.pattern && !re2::RE2::PartialMatch(value.text, *schema.pattern))
    fail(verdict, "SCHEMA-0005", where, shown(value.text) + " is not of the right form",
         schema.title.empty() ? "a text that fits " + schema.pattern->pattern() : schema.title);
  if (schema.form != nullptr && !schema.form->fits(value.text))
    fail(verdict, "SCHEMA-0005", where, shown(value.text) + " is not of the right form",
         std::string(schema.form->expected));
}

}  // namespace

const Form* find_form(std::string_view name) {
  const auto found = std::ranges::find(forms, name, &Form::name);
  return found == forms.end() ? nullptr : &*found;
}

bool Constant::is(const Scalar& value) const {
  if (number || value.number) return number && value.number && *number == *value.number;
  return type == value.type && (type == null_type || text == value.text);
}

std::string Schema::described() const {
  constexpr std::size_t most = 12;  // constants that are said; a list of a thousand codes helps nobody
  if (has_constants) {
    std::string out;
    for (std::size_t i = 0; i < std::min(most, constants.size()); ++i)
      out += (i > 0 ? ", " : "") + shown(constants[i].text);
    return (constants.size() == 1 ? "" : "one of ") + out + (constants.size() > most ? " …" : "");
  }
  if (types != any_type)
    return types_described(types) + (pattern ? " that fits " + pattern->pattern() : std::string());
  if (!title.empty()) return title;
  return all.empty() ? "another value" : all.front()->described();
}

void fail(Verdict& verdict, std::string_view code, const Where& where, std::string message,
          std::string expected) {
  verdict.fits = false;
  if (verdict.report == nullptr) return;
  Finding finding = make_finding(code, where.at, std::move(message));
  finding.path = where.pointer.empty() ? "/" : where.pointer;
  finding.expected = std::move(expected);
  verdict.report->add(std::move(finding));
}

void fail_type(const Schema& schema, JsonType type, const Where& where, Verdict& verdict) {
  fail(verdict, "SCHEMA-0003", where, fmt::format("there is {}", name_of(type)),
       types_described(schema.types));
}

void check_count(const Bounds& bounds, std::uint64_t count, std::string_view of, const Where& where,
                 Verdict& verdict) {
  if (bounds.hold(count)) return;
  fail(verdict, "SCHEMA-0007", where, fmt::format("there are {} {}", count, of),
       count < bounds.least ? fmt::format("at least {}", bounds.least)
                            : fmt::format("at most {}", bounds.most));
}

std::vector<const Schema*> alternatives_of(const Schema& schema) {
  auto out = schema.any;
  out.insert(out.end(), schema.one.begin(), schema.one.end());
  for (const Schema* part : {schema.no, schema.condition, schema.then, schema.otherwise}) {
    if (part != nullptr) out.push_back(part);
  }
  return out;
}

void weigh(const Schema& schema, std::span<const char> fit, const Where& where, Verdict& verdict) {
  const auto say = [&](std::string_view message, const std::vector<const Schema*>& of) {
    std::string expected = schema.title;
    for (const Schema* one : of)
      expected += (one == of.front() ? (expected.empty() ? "" : ": ") : " or ") + one->described();
    fail(verdict, "SCHEMA-0008", where, std::string(message), std::move(expected));
  };
  const auto taken = [&](std::size_t count) {
    const auto fitting = static_cast<std::size_t>(std::ranges::count(fit.first(count), char{1}));
    fit = fit.subspan(count);
    return fitting;
  };
  if (!schema.any.empty() && taken(schema.any.size()) == 0)
    say("the value fits none of the alternatives", schema.any);
  if (!schema.one.empty()) {
    if (const auto fitting = taken(schema.one.size()); fitting != 1)
      say(fitting == 0 ? "the value fits none of the alternatives"
                       : "the value fits more than one alternative",
          schema.one);
  }
  if (schema.no != nullptr && taken(1) == 1) say("the value is one that is excluded", {});
  if (schema.condition == nullptr) return;
  const bool holds = taken(1) == 1;
  const bool then = schema.then == nullptr || taken(1) == 1;
  const bool otherwise = schema.otherwise == nullptr || taken(1) == 1;
  if (holds ? !then : !otherwise)
    say("the value does not go with the rest", {holds ? schema.then : schema.otherwise});
}

void check_scalar(const Schema& schema, const Scalar& value, const Where& where, Verdict& verdict) {
  if (schema.never) return fail(verdict, "SCHEMA-0004", where, "no value may stand here", "nothing");
  if ((schema.types & value.type) == 0) return fail_type(schema, value.type, where, verdict);
  if (schema.has_constants &&
      std::ranges::none_of(schema.constants, [&](const Constant& one) { return one.is(value); }))
    fail(verdict, "SCHEMA-0004", where, shown(value.text) + " is none of the values that may stand here",
         schema.described());
  if (value.type == string_type) check_text(schema, value, where, verdict);
  if (value.type == integer_type || value.type == number_type) check_number(schema, value, where, verdict);
  for (const Schema* part : schema.all) check_scalar(*part, value, where, verdict);
  if (!schema.has_alternatives()) return;
  std::vector<char> fit;
  for (const Schema* part : alternatives_of(schema)) {
    Verdict one;
    check_scalar(*part, value, where, one);
    fit.push_back(one.fits ? 1 : 0);
  }
  weigh(schema, fit, where, verdict);
}

}  // namespace purser::gateway
