// Stands between a table's encoder and the XML writer: the names of roots, the envelope. Internal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/reader/xml_writer.h"
#include "connectors/table/held_syntax.h"
#include "connectors/table/xml_tables.h"

namespace purser::table {

/// Writes the root under its own name with the namespaces of the table; where the table writes the header of
/// an envelope as the root's first child, the envelope goes around the root. [serial]
class XmlBody : public map::SyntaxSink {
 public:
  XmlBody(const XmlTables& tables, const XmlDocument& document, const map::Program& program, ByteSink& out,
          DocumentSink& notes);
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  Outcome finish();

 private:
  Outcome start(bool enveloped, const Position& at);
  Outcome start_root(const Position& at);

  const XmlTables& tables_;
  const XmlDocument& document_;
  ByteSink& out_;
  std::string root_;                        ///< as it is written
  std::string header_;                      ///< as a table names it; empty: no envelope
  std::vector<xml::Namespace> namespaces_;  ///< of root and table
  HeldSyntax attributes_;  ///< of the root, until it is known whether an envelope comes first
  std::optional<xml::Writer> writer_;
  unsigned depth_ = 0;
  bool enveloped_ = false;
  bool in_header_ = false;
};

}  // namespace purser::table
