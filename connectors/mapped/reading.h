// Files to canonical documents.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "canonical/map/program.h"
#include "connectors/mapped/settings.h"
#include "connectors/mapped/tables.h"
#include "connectors/table/gate.h"
#include "plugins/sdk/connector.h"

namespace purser::mapped {

/// Reads one file by the table that the request, the settings or the file itself names.
Outcome read_file(Tables& tables, const sdk::Request& request, const Settings& settings, ByteSource& in,
                  DocumentSink& out);

/// Takes the records of a file and makes documents of them: consecutive records with the same value in the
/// column that the table's `document by` names are one; without it all are. A record without the value
/// belongs to the document at hand. [serial]
class RecordSplitter : public map::SyntaxSink {
 public:
  /// Documents of a file whose keys are compared with later ones; more are not, so that memory stays bounded.
  static constexpr std::size_t max_remembered_keys = 100'000;

  RecordSplitter(const map::Program& program, DocumentSink& out);
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  /// Findings of the reader, in their order: they belong to the document of the record at hand.
  void finding(Finding finding);
  Outcome finish(const Position& at);

 private:
  struct Leaf {
    std::uint32_t name, name_length, text, length;  ///< in texts_
    std::uint16_t column;
    Position at;
  };
  [[nodiscard]] std::string_view text(std::uint32_t begin, std::uint32_t length) const {
    return std::string_view(texts_).substr(begin, length);
  }
  Outcome begin_document(std::string_view key, const Position& at);
  Outcome end_document(const Position& at);
  Outcome give();
  Outcome stopped(Outcome outcome);

  const map::Program& program_;
  map::DelimitedForm form_;
  table::DocumentGate gate_;
  std::optional<map::Decoder> decoder_;
  std::string key_;
  std::unordered_set<std::string> keys_;
  std::string texts_;
  std::vector<Leaf> leaves_;
  Position record_;
  std::vector<Finding> findings_;  ///< of the record at hand
  bool keyed_ = false;
  bool passing_ = false;  ///< the document at hand was refused: its other records are passed over
};

}  // namespace purser::mapped
