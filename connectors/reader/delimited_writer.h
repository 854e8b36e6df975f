// Writes delimited text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "canonical/map/syntax.h"
#include "connectors/reader/bytes.h"
#include "connectors/reader/delimited.h"
#include "connectors/reader/finding_handler.h"

namespace purser::delimited {

struct WriteOptions {
  Format format;
  std::vector<std::string>
      columns;  ///< headings in order; leaves are placed by heading, else by column number
  std::string_view line_end = "\r\n";  ///< RFC 4180; static storage
};

/// A SyntaxSink that writes one line a node. Fields are quoted where they must be. A character that the
/// charset cannot hold is a finding CSV-0020 and written as '?'. Errors: CSV-0021 a leaf whose column is
/// unknown, CSV-0022 a value with separator or line end while the format has no quote. Not thread safe.
class Writer : public map::SyntaxSink {
 public:
  Writer(reader::ByteSink& out, reader::FindingHandler findings, WriteOptions options);
  ~Writer() override;
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  /// Hands the rest to the sink; a file without records still gets its heading line.
  Outcome finish();

 private:
  Outcome write_heading();
  Outcome append(std::string_view text, const Position& at);
  Outcome flush(std::size_t threshold);

  reader::ByteSink& out_;
  reader::FindingHandler findings_;
  WriteOptions options_;
  std::string buffer_, encoded_;
  std::vector<std::string> fields_;
  std::vector<Position> places_;
  bool started_ = false;
};

}  // namespace purser::delimited
