#include <gtest/gtest.h>

#include "canonical/event/header_first.h"
#include "canonical/map/program.h"
#include "tests/canonical/map/layouts.h"
#include "tests/canonical/map/script.h"

namespace purser::map::testing {
namespace {

/// Reads a text and writes it again by the same table.
struct Turned {
  std::string text;
  LineSink notes;
};

class Relay : public DocumentSink {
 public:
  Relay(Encoder& encoder, LineSink& notes) : ordered_(encoder), notes_(notes) {}
  Outcome push(std::span<const Event> batch) override { return ordered_.push(batch); }
  void finding(Finding finding) override { notes_.finding(std::move(finding)); }
  void loss(Loss loss) override { notes_.loss(std::move(loss)); }

 private:
  HeaderFirst ordered_;
  LineSink& notes_;
};

Turned turn(const Program& program, std::string_view text) {
  Turned turned;
  TextSink out(program.syntax());
  Encoder encoder(program, out, turned.notes, [](std::string_view name) { return name == "$message_reference" ? "1" : ""; });
  Relay relay(encoder, turned.notes);
  Decoder decoder(program, relay);
  EXPECT_TRUE(play(program, text, decoder));
  EXPECT_TRUE(decoder.finish({}));
  EXPECT_TRUE(encoder.finish());
  turned.text = out.text;
  return turned;
}

TEST(Encoder, WritesEdifactAsItWasRead) {
  const auto program = load(edi_table, {std::string(edi_layout)});
  ASSERT_NE(program, nullptr);
  const std::string text =
      "UNH+1'BGM+380+R-17'DTM+137:20261120:102'DTM+35:20261119:102'FTX+AAI++thank you:much'RFF+ON:PO-9'"
      "NAD+SE+4711+ACME:ACME Ltd'RFF+VA:DE123'NAD+BY+0815+Buyer'CUX+2:EUR'"
      "LIN+1'PIA+5+X1:SA'QTY+47:10'MOA+203:100.00:EUR'LIN+2'QTY+47:2.5'MOA+203:5:EUR'UNS+S'MOA+77:105.00:EUR'";
  const Turned turned = turn(*program, text);
  EXPECT_EQ(turned.text, text);
  EXPECT_EQ(turned.notes.finding_text(), "MAP-0011 UNT\n");  // a writer's business, not in the text above
  EXPECT_EQ(turned.notes.loss_text(), "");
}

}  // namespace
}  // namespace purser::map::testing
