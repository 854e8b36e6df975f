#include "tests/connectors/edifact/interchange.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string>
#include <string_view>

namespace purser::test {
namespace {

constexpr std::array<std::string_view, 8> articles = {
    "Hex bolt M8x40 A2",      "Cable gland M20 grey", "Bearing 6204-2RS",        "Paper A4 80g, 500 sheets",
    "Safety glove nitrile L", "LED tube 18W 4000K",   "Hydraulic oil ISO 46 5l", "Pallet label 148x210"};
constexpr std::uint64_t vat_percent = 21;

/// Collects the segments of one message and counts them.
class Message {
 public:
  template <class... Values>
  void add(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
    text_ += "'\n";
    ++segments_;
  }
  [[nodiscard]] std::uint64_t segments() const { return segments_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  void clear() {
    text_.clear();
    segments_ = 0;
  }

 private:
  std::string text_;
  std::uint64_t segments_ = 0;
};

std::string money(std::uint64_t cents) { return fmt::format("{}.{:02}", cents / 100, cents % 100); }

void add_header(Message& message, std::uint64_t number) {
  message.add("UNH+{}+INVOIC:D:96A:UN:EAN008", number);
  message.add("BGM+380+RE{:08}+9", number);
  message.add("DTM+137:202611{:02}:102", 1 + number % 28);
  message.add("DTM+35:202611{:02}:102", 1 + number % 28);
  message.add("FTX+AAI+++Goods remain our property until paid in full.");
  message.add("RFF+ON:PO{:08}", number * 7 % 100'000'000);
  message.add("DTM+171:202610{:02}:102", 1 + number % 28);
  message.add("RFF+DQ:LS{:08}", number * 3 % 100'000'000);
  message.add("NAD+BY+5412345000013::9++Nieuwe Winkel NV+Kerkstraat 12+Gent++9000+BE");
  message.add("RFF+VA:BE0123456749");
  message.add("NAD+SU+4012345000009::9++Muster Werke GmbH+Industriestr. 7+Köln++50667+DE");
  message.add("RFF+VA:DE123456789");
  message.add("CTA+AD+:Erika Mustermann");
  message.add("COM+?+49 221 555 0100:TE");
  message.add("NAD+DP+5412345000020::9++Magazijn Noord+Havenlaan 3+Antwerpen++2000+BE");
  message.add("CUX+2:EUR:4");
  message.add("PAT+3++5:3:D:30");
}

/// The line's net amount in cents.
std::uint64_t add_line(Message& message, std::uint64_t number, std::uint32_t line) {
  const std::uint64_t mix = number * 31 + line * 17;
  const std::uint64_t quantity = 1 + mix % 48;
  const std::uint64_t price = 95 + mix % 9'000;
  const std::uint64_t amount = quantity * price;
  message.add("LIN+{}++40123450{:05}:EN", line, mix % 100'000);
  message.add("PIA+1+A-{:06}:SA", mix % 1'000'000);
  message.add("IMD+F++:::{}", articles[mix % articles.size()]);
  message.add("QTY+47:{}:PCE", quantity);
  message.add("MOA+203:{}", money(amount));
  message.add("PRI+AAA:{}", money(price));
  message.add("RFF+ON:PO{:08}:{}", number * 7 % 100'000'000, line);
  message.add("TAX+7+VAT+++:::{}+S", vat_percent);
  return amount;
}

void add_summary(Message& message, std::uint64_t number, std::uint32_t lines, std::uint64_t net) {
  const std::uint64_t tax = (net * vat_percent + 50) / 100;
  message.add("UNS+S");
  message.add("CNT+2:{}", lines);
  message.add("MOA+79:{}", money(net));
  message.add("MOA+125:{}", money(net));
  message.add("MOA+176:{}", money(tax));
  message.add("MOA+77:{}", money(net + tax));
  message.add("MOA+9:{}", money(net + tax));
  message.add("TAX+7+VAT+++:::{}+S", vat_percent);
  message.add("MOA+124:{}", money(tax));
  message.add("MOA+125:{}", money(net));
  message.add("UNT+{}+{}", message.segments() + 1, number);
}

}  // namespace

void write_interchange(std::ostream& out, const InterchangeShape& shape) {
  out << "UNA:+.? '\nUNB+UNOW:4+4012345000009:14+5412345000013:14+20261120:1200+BENCH1'\n";
  Message message;
  for (std::uint64_t number = 1; number <= shape.invoices; ++number) {
    add_header(message, number);
    std::uint64_t net = 0;
    for (std::uint32_t line = 1; line <= shape.lines; ++line) net += add_line(message, number, line);
    add_summary(message, number, shape.lines, net);
    out << message.text();
    message.clear();
  }
  out << "UNZ+" << shape.invoices << "+BENCH1'\n";
}

}  // namespace purser::test
