// Carries two tables; the second names a field that there is none of.
#include <array>
#include <memory>

#include "connectors/table/library.h"
#include "plugins/sdk/connector.h"

namespace {

using namespace purser;  // a fixture of one file

constexpr std::array<sdk::EmbeddedFile, 3> files = {{
    {"notes.layout",
     "layout xml notes 1\nroot Good\ntype Good\n  Number 1\n  Buyer 1\n  Seller 1\nroot Bad\ntype Bad\n  "
     "Number 1\n"},
    {"good.map",
     "map xml Good 1 <-> purchase_order\nNumber  number  required\nBuyer  buyer.name\n"
     "Seller  seller.name\n. -> issue_date  default "
     "\"2026-01-01\"\n"},
    {"bad.map",
     "map xml Bad 1 <-> purchase_order\nNumber  nowhere.number\n. -> number  default \"1\"\n. -> issue_date  "
     "default \"2026-01-01\"\n"},
}};

class BadTable : public sdk::Connector {
 public:
  static sdk::Description describe() {
    sdk::Description about;
    about.name = "bad_table";
    about.version = "1.0.0";
    about.title = "Two tables";
    about.formats = {{"notes",
                      "Notes",
                      false,
                      true,
                      {"text/xml"},
                      {{"Good", DocumentType::purchase_order, false, true, {"1"}},
                       {"Bad", DocumentType::purchase_order, false, true, {"1"}}}}};
    return about;
  }
  static sdk::Created create(const sdk::Host& /*host*/, DocumentSink& /*notes*/) {
    return std::make_unique<BadTable>();
  }

  std::expected<std::unique_ptr<sdk::Encoder>, Status> encode(const sdk::Request& request, ByteSink& /*out*/,
                                                              DocumentSink& notes) override {
    const auto program = library_.find(request.message, request.version);
    if (!program) {
      for (const Finding& finding : program.error().findings()) notes.finding(finding);
    }
    return std::unexpected(Status{StatusClass::invalid, "TABLE-0002", "writes nothing"});
  }
  [[nodiscard]] std::span<const sdk::TableText> tables() const override { return library_.texts(); }

 private:
  table::Library library_{{}, files};
};

}  // namespace

PURSER_CONNECTOR(BadTable)
