#include <gtest/gtest.h>

#include "canonical/map/program.h"
#include "tests/canonical/map/layouts.h"
#include "tests/canonical/map/script.h"

namespace purser::map::testing {
namespace {

LineSink decode(const Program& program, std::string_view text) {
  LineSink sink;
  Decoder decoder(program, sink);
  EXPECT_TRUE(play(program, text, decoder));
  EXPECT_TRUE(decoder.finish({}));
  return sink;
}

LineSink decode_edi(std::string_view text) {
  const auto program = load(edi_table, {std::string(edi_layout)});
  return program == nullptr ? LineSink() : decode(*program, text);
}

constexpr std::string_view edi_invoice =
    "UNH+1'BGM+380+R-17'DTM+137:20261120:102'DTM+35:20261119:102'FTX+AAI++thank:you:much'"
    "RFF+ON:PO-9'NAD+SE+4711+ACME:ACME Ltd'RFF+VA:DE123'NAD+BY+0815+Buyer'CUX+2:EUR'"
    "LIN+1'PIA+5+X1:SA'QTY+47:10'MOA+203:100.00:EUR'LIN+2'QTY+47:2,5'MOA+203:5'UNS+S'MOA+77:105.00'UNT+17+1'";

TEST(Decoder, ReadsEdifact) {
  const LineSink sink = decode_edi(edi_invoice);
  EXPECT_EQ(sink.text(),
            "number=R-17\nissue_date=2026-11-20\nkind=380\ncurrency=EUR\nnote.text=thank you much\nbuyer.name=Buyer\n"
            "buyer.identifiers.id=0815\nseller.name=ACME\nseller.trading_name=ACME Ltd\nseller.identifiers.id=4711\n"
            "seller.vat_id=DE123\norder_reference.number=PO-9\ndelivery.actual_date=2026-11-19\n"
            "lines.number=1\nlines.quantity.value=10\nlines.net_amount=100.00\nlines.item.seller_id=X1\n"
            "lines.number=2\nlines.quantity.value=2.5\nlines.net_amount=5\ntotals.payable=105.00\n");
  EXPECT_EQ(sink.finding_text(), "");
  EXPECT_EQ(sink.loss_text(), "");
}

}  // namespace
}  // namespace purser::map::testing
