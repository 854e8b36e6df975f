// The connector "template": purchase orders as lines of text.
//
//   order NUMBER
//   date YYYY-MM-DD
//   buyer NAME
//   seller NAME
//   line NUMBER AMOUNT
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "plugins/sdk/connector.h"

namespace {

using namespace purser;

constexpr std::size_t max_line = 10'000;  // bytes; no honest line is near it
// Codes are yours, under the connector's name, and stable: people look for them, programs decide by them.
constexpr const char* wrong_line = "TEMPLATE-0001";

/// Numbers of the model's fields, looked up by name once.
struct Fields {
  std::uint16_t number, issue_date, buyer, seller, party_name, lines, line_number, line_amount;

  static const Fields& of_order() {
    static const Fields fields = [] {
      const GroupDescriptor& order = *find_document(DocumentType::purchase_order)->root;
      const FieldDescriptor& buyer = *order.find("buyer");
      const FieldDescriptor& line = *order.find("lines");
      return Fields{order.find("number")->number, order.find("issue_date")->number,
                    buyer.number,                 order.find("seller")->number,
                    buyer.group->find("name")->number, line.number,
                    line.group->find("number")->number, line.group->find("net_amount")->number};
    }();
    return fields;
  }
};

Event event(EventKind kind, std::uint16_t number, const Position& at) {
  Event result;
  result.kind = kind;
  result.number = number;
  result.at = at;
  return result;
}

/// Takes the text up to the next blank off the front of `rest`.
std::string_view take_word(std::string_view& rest) {
  const std::size_t end = rest.find(' ');
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return word;
}

class Reading {
 public:
  explicit Reading(DocumentSink& out) : out_(out) {}

  Outcome line(std::string_view text) {
    ++at_.line;
    at_.column = 1;
    std::string_view rest = text;
    const std::string_view word = take_word(rest);
    Outcome done;
    if (word == "order") {
      done = order(rest);
    } else if (!open_) {
      done = invalid("the file does not begin with an order");
    } else if (word == "date") {
      done = date(rest);
    } else if (word == "buyer") {
      done = party(Fields::of_order().buyer, bought_, rest);
    } else if (word == "seller") {
      done = party(Fields::of_order().seller, sold_, rest);
    } else if (word == "line") {
      const std::string_view number = take_word(rest);
      done = order_line(number, rest);
    } else if (!word.empty()) {
      out_.loss(Loss{at_, std::string(word), std::string(rest)});
    }
    at_.offset += text.size() + 1;
    return done;
  }

  Outcome finish() { return open_ ? close() : invalid("there is no order"); }

 private:
  Outcome push(const Event& one) { return out_.push(std::span(&one, 1)); }

  Outcome invalid(std::string message) {
    return std::unexpected(Status{StatusClass::invalid, wrong_line, std::move(message)});
  }

  Outcome text_field(std::uint16_t number, std::string_view value) {
    Event field = event(EventKind::field, number, at_);
    field.value.bytes = value;
    return push(field);
  }

  Outcome order(std::string_view number) {
    if (open_)
      if (Outcome closed = close(); !closed) return closed;
    open_ = true;
    const auto type = static_cast<std::uint16_t>(DocumentType::purchase_order);
    if (Outcome begun = push(event(EventKind::begin_document, type, at_)); !begun) return begun;
    return text_field(Fields::of_order().number, number);
  }

  Outcome date(std::string_view text) {
    const auto parsed = parse_date(text);
    if (!parsed) return wrong(text, "a date such as 2026-11-20");
    if (std::exchange(dated_, true)) return invalid("the order has two dates");
    Event field = event(EventKind::field, Fields::of_order().issue_date, at_);
    field.value.type = ScalarType::date;
    field.value.when = DateTime{*parsed, {}};
    return push(field);
  }

  Outcome party(std::uint16_t role, bool& known, std::string_view name) {
    if (std::exchange(known, true)) return invalid("the order names a party twice");
    if (Outcome begun = push(event(EventKind::begin_group, role, at_)); !begun) return begun;
    if (Outcome done = text_field(Fields::of_order().party_name, name); !done) return done;
    return push(event(EventKind::end_group, role, at_));
  }

  Outcome order_line(std::string_view number, std::string_view amount) {
    const auto& fields = Fields::of_order();
    const auto parsed = Decimal::parse(amount);
    if (!parsed) return wrong(amount, "an amount such as 12.50");
    if (Outcome begun = push(event(EventKind::begin_group, fields.lines, at_)); !begun) return begun;
    if (Outcome done = text_field(fields.line_number, number); !done) return done;
    Event field = event(EventKind::field, fields.line_amount, at_);
    field.value.type = ScalarType::decimal;
    field.value.decimal = *parsed;
    if (Outcome done = push(field); !done) return done;
    return push(event(EventKind::end_group, fields.lines, at_));
  }

  // A finding: the document goes on, so that its other faults are found as well.
  Outcome wrong(std::string_view found, const char* expected) {
    Finding finding;
    finding.code = wrong_line;
    finding.at = at_;
    finding.message = "found \"" + std::string(found.substr(0, Finding::max_value_shown)) + "\"";
    finding.expected = expected;
    finding.remedy = "Correct the line, or ask the sender to.";
    out_.finding(std::move(finding));
    return {};
  }

  Outcome close() {
    open_ = dated_ = bought_ = sold_ = false;
    const auto type = static_cast<std::uint16_t>(DocumentType::purchase_order);
    return push(event(EventKind::end_document, type, at_));
  }

  DocumentSink& out_;
  Position at_;
  bool open_ = false;
  bool dated_ = false;
  bool bought_ = false;
  bool sold_ = false;
};

class Writing : public sdk::Encoder {
 public:
  Writing(ByteSink& out, DocumentSink& notes) : out_(out), notes_(notes) {}

  Outcome push(std::span<const Event> batch) override {
    std::string text;
    for (const Event& one : batch) write(one, text);
    return out_.write(text);
  }

  Outcome finish() override { return {}; }

 private:
  void write(const Event& one, std::string& text) {
    const auto& fields = Fields::of_order();
    if (one.kind == EventKind::begin_group && ++depth_ == 1) group_ = one.number;
    if (one.kind == EventKind::end_group && --depth_ == 0) group_ = 0;
    if (one.kind != EventKind::field) return;
    const Scalar& value = one.value;
    if (depth_ == 0 && one.number == fields.number) {
      text += "order " + std::string(value.bytes) + '\n';
    } else if (depth_ == 0 && one.number == fields.issue_date) {
      text += "date " + purser::text(value.when.date) + '\n';
    } else if (depth_ == 1 && group_ == fields.buyer && one.number == fields.party_name) {
      text += "buyer " + std::string(value.bytes) + '\n';
    } else if (depth_ == 1 && group_ == fields.seller && one.number == fields.party_name) {
      text += "seller " + std::string(value.bytes) + '\n';
    } else if (depth_ == 1 && group_ == fields.lines && one.number == fields.line_number) {
      line_ = value.bytes;
    } else if (depth_ == 1 && group_ == fields.lines && one.number == fields.line_amount) {
      text += "line " + line_ + ' ' + value.decimal.text() + '\n';
    } else {
      notes_.loss(Loss{one.at, std::to_string(one.number), std::string(value.bytes.substr(0, 80))});
    }
  }

  ByteSink& out_;
  DocumentSink& notes_;
  int depth_ = 0;
  std::uint16_t group_ = 0;  ///< the root's group that is open
  std::string line_;
};

class TextOrders : public sdk::Connector {
 public:
  static sdk::Description describe() {
    sdk::Description about;
    about.name = "template";
    about.version = "0.1.0";
    about.title = "Purchase orders as lines of text";
    about.formats = {{"template",
                      "Orders as text",
                      true,
                      true,
                      {"text/plain"},
                      {{"ORDER", DocumentType::purchase_order, true, true, {"1"}}}}};
    return about;
  }

  static sdk::Created create(const sdk::Host& /*host*/, DocumentSink& /*notes*/) {
    return std::make_unique<TextOrders>();
  }

  sdk::Detection detect(std::string_view prefix) override {
    if (!prefix.starts_with("order ")) return {};
    return {60, "template", "ORDER", "1"};
  }

  Outcome decode(const sdk::Request& /*request*/, ByteSource& in, DocumentSink& out) override {
    Reading reading(out);
    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
      const auto got = in.read(buffer);
      if (!got) return std::unexpected(got.error());
      text.append(buffer.data(), *got);
      if (*got == 0 && !text.empty()) text += '\n';
      std::size_t begin = 0;
      for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
        if (Outcome done = reading.line(std::string_view(text).substr(begin, end - begin)); !done)
          return done;
      text.erase(0, begin);
      if (text.size() > max_line)
        return std::unexpected(Status{StatusClass::invalid, wrong_line, "a line of more than 10,000 bytes"});
      if (*got == 0) return reading.finish();
    }
  }

  std::expected<std::unique_ptr<sdk::Encoder>, Status> encode(const sdk::Request& /*request*/, ByteSink& out,
                                                              DocumentSink& notes) override {
    return std::make_unique<Writing>(out, notes);
  }
};

}  // namespace

PURSER_CONNECTOR(TextOrders)
