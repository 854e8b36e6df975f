// Writes XML 1.0 in UTF-8 from syntax events.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/map/syntax.h"
#include "connectors/reader/bytes.h"
#include "connectors/reader/xml_reader.h"

namespace purser::xml {

struct WriteOptions {
  /// Declared on the root in this order; an empty prefix declares the default namespace.
  std::span<const Namespace> namespaces;  ///< borrowed until the writer is destroyed
  bool declaration = true;                ///< <?xml version="1.0" encoding="UTF-8"?>
  std::string_view doctype;  ///< a whole line such as <!DOCTYPE cXML SYSTEM "…">; empty for none
  unsigned indent = 2;       ///< blanks a level; 0 writes all on one line
};

/// A SyntaxSink that writes what it is given. Names come as "cbc:ID" with a declared prefix, or without one.
/// Errors: XML-0040 a character XML cannot hold (or bytes that are not UTF-8), XML-0041 a name that is none,
/// XML-0042 wrong order (attribute after text, second root); the sink's own. Not thread safe.
class Writer : public map::SyntaxSink {
 public:
  explicit Writer(reader::ByteSink& out, const WriteOptions& options = {});
  ~Writer() override;
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  /// Ends the document; what is left in the buffer goes to the sink. An element still open is XML-0042.
  Outcome finish();

 private:
  struct Open {
    std::size_t name;   ///< where it begins in names_
    bool text = false;  ///< no indentation inside: it would become part of the text
    bool child = false;
  };

  void start_root();
  Outcome check_name(std::string_view name, bool attribute) const;
  Outcome append_escaped(std::string_view text, bool attribute);
  void end_start_tag();
  void break_line();
  Outcome flush(std::size_t threshold);

  reader::ByteSink& out_;
  WriteOptions options_;
  std::string buffer_;
  std::string names_;  ///< of the open elements, one after the other
  std::vector<Open> stack_;
  bool in_start_tag_ = false;
  bool started_ = false;
};

}  // namespace purser::xml
