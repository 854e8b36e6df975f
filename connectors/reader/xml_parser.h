// The state of reading one XML document. Internal to the reader: xml_reader.cc has the content between tags,
// xml_tag.cc the tags, xml_known.cc
// elements that come with the markup of one before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/reader/window.h"
#include "connectors/reader/xml_form.h"
#include "connectors/reader/xml_reader.h"
#include "connectors/reader/xml_scope.h"

namespace purser::xml {

class Parser {
 public:
  Parser(reader::ByteSource& source, map::SyntaxSink& sink, const reader::FindingHandler& findings,
         const ReadOptions& options)
      : window_(source), sink_(sink), findings_(findings), options_(options), scope_(options.namespaces) {}
  Outcome run();

 private:
  /// True: there is more; false: the input has ended well (only asked where that is allowed).
  using More = std::expected<bool, Status>;

  struct Open {
    std::uint32_t name;      ///< where it begins in names_
    std::uint32_t bindings;  ///< namespace declarations before it
    Position at;
  };
  /// Indexes count from at_, the tag's '<'.
  struct Attribute {
    std::uint32_t name, name_end, value, value_end;
    bool plain;  ///< no reference and no white space to normalize
  };

  Outcome begin();
  Outcome end();
  More run_of_text();
  More more_text(std::size_t from, std::size_t scan);
  Outcome flush_text(std::size_t from, std::size_t to);
  Outcome keep_text(std::size_t from, std::size_t to);
  Outcome markup();
  Outcome comment();
  Outcome instruction();
  Outcome cdata();
  Outcome doctype();
  Outcome skip_to(std::string_view mark, bool keep);

  Outcome start_tag();
  More scan_start_tag();
  More scan_attribute(std::size_t& i);
  More scan_name(std::size_t& i, std::string_view what);
  Outcome declare_namespaces();
  Outcome open_element(bool empty, std::size_t length);
  Outcome give_attributes(const Position& element);
  Outcome end_tag();
  Outcome close_element(const Position& at, std::size_t tail);

  More known_element();
  More take(map::ElementSink& sink, std::uint32_t form, const Position& at);
  void keep_form(std::size_t tail);

  More refill(std::size_t keep);
  void note_turn();
  More need(std::size_t bytes);
  Status fail(std::string_view code, std::size_t index, std::string message, std::string expected = {});
  Status broken_off();
  [[nodiscard]] bool only_waste_follows() const;
  [[nodiscard]] std::string_view part(std::size_t from, std::size_t to) const {
    return {window_.data() + at_ + from, to - from};
  }
  [[nodiscard]] std::string_view open_name() const {
    return std::string_view(names_).substr(stack_.back().name);
  }

  reader::Window window_;
  map::SyntaxSink& sink_;
  const reader::FindingHandler& findings_;
  const ReadOptions& options_;
  Scope scope_;
  std::size_t at_ = 0;  ///< in the window: what was not read yet
  std::vector<Open> stack_;
  std::string names_;
  std::vector<Attribute> attributes_;
  std::size_t name_end_ = 0;  ///< of the start tag being read
  std::size_t tag_end_ = 0;
  bool empty_ = false;
  std::string text_;  ///< pieces of a text that is not in one piece
  Position text_at_;
  bool text_counts_ = false;  ///< has references or CDATA, so it is given even if it is white space
  std::string scratch_;
  std::vector<std::string> resolved_;  ///< attribute names of the tag
  std::uint64_t document_text_ = 0;
  std::uint32_t elements_ = 0;
  // Elements that come as one before (xml_known.cc).
  FormWatch watch_;
  Again again_;
  std::optional<std::uint32_t> last_form_;          ///< of the element that was taken whole last
  std::uint64_t forms_ = 0;                         ///< life of the memory that these belong to
  std::uint32_t scope_id_ = 0, scope_changes_ = 0;  ///< the scope's number there, and when it was asked
  bool rooted_ = false;
  bool doctype_seen_ = false;
};

}  // namespace purser::xml
