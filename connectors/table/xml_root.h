// Stands between the XML reader and a table's decoder until it is known which table it is. Internal.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "canonical/map/program.h"
#include "connectors/table/held_syntax.h"
#include "connectors/table/xml_choice.h"
#include "connectors/table/xml_tables.h"

namespace purser::table {

/// Finds out by the root element, or by what stands below it, which document comes; steps into an envelope.
/// [serial]
class XmlRoot : public map::SyntaxSink {
 public:
  XmlRoot(XmlTables& tables, const sdk::Request& request, DocumentSink& out)
      : tables_(tables), request_(request), out_(out), header_(out), held_(out) {}
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  map::ElementSink* whole_elements() override {
    return state_ == State::document ? sink_->whole_elements() : nullptr;
  }

 private:
  enum class State : std::uint8_t {
    outside,         ///< before the root, or in an envelope beside it
    header,          ///< in the envelope's header
    deciding,        ///< in a root that serves many messages
    before_content,  ///< in the document, whose attributes may still come
    document
  };
  [[nodiscard]] bool is_named(std::string_view name, std::string_view local, std::string_view space) const;
  Outcome open_envelope(const Position& at);
  Outcome open_root(std::string_view name, const Position& at);
  Outcome open_undecided(std::string_view name, const Position& at);
  Outcome leaf_undecided(const map::LeafAddress& where, std::string_view text, const Position& at);
  Outcome close_undecided(const Position& at);
  Outcome hold_header();
  std::expected<bool, Status> decide(const Met& met, const Position& at);
  Outcome begin(const XmlDocument& document, const Position& at);
  Outcome give_header();
  Outcome unknown(std::string what, std::string_view name, const Position& at);
  Outcome refuse(Finding finding);

  XmlTables& tables_;
  const sdk::Request& request_;
  DocumentSink& out_;
  State state_ = State::outside;
  unsigned depth_ = 0;              ///< open elements of the header, the root or the document
  bool enveloped_ = false;          ///< an envelope is open
  bool any_ = false;                ///< a document has been read
  HeldSyntax header_;               ///< of the envelope, if it is kept
  HeldSyntax held_;                 ///< of a root that serves many
  std::string_view local_, space_;  ///< of that root, from its XmlDocument
  std::string path_;                ///< of the open element below that root
  std::vector<std::size_t> ends_;   ///< where the paths of the elements around it end
  std::shared_ptr<const map::Program> program_;
  std::optional<map::Decoder> decoder_;
  std::unique_ptr<map::SyntaxSink> filter_;  ///< before the decoder, where the format has one
  map::SyntaxSink* sink_ = nullptr;          ///< the first of them
};

}  // namespace purser::table
