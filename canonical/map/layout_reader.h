// Reads the statements of layout files into a Layout.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "canonical/map/layout.h"

namespace purser::map {

/// One reading. [serial]
class LayoutReader {
 public:
  LayoutReader(std::span<const TableFile> library, Problems& problems, Layout& into)
      : library_(library), problems_(problems), layout_(into) {}
  /// False if something was wrong; all of it is in `problems`.
  bool read(const TableFile& file, std::string_view message);

 private:
  struct Root {
    std::string name, uri, type;
    Place place;
  };
  using Lines = std::vector<Statement>;

  void read_file(const TableFile& file, bool used);
  void header(const Statement& line, const TableFile& file, bool used);
  void top(const Statement& line, const TableFile& file);
  bool root(const Statement& line, const TableFile& file);
  void use(const Statement& line, const TableFile& file);
  void element(const Statement& line, const TableFile& file);
  void code_list(const Statement& line, const TableFile& file, NodeKind kind);
  void notes(const Statement& line, std::size_t word, const TableFile& file, LayoutType& type);
  void xml_child(const Statement& line, const TableFile& file, LayoutType& type);
  std::size_t xml_type(const Lines& lines, std::size_t at, const TableFile& file);
  std::size_t message_body(const Lines& lines, std::size_t at, const TableFile& file, TypeId type,
                           std::uint32_t level);
  void message_line(const Statement& line, const TableFile& file, TypeId type);
  void resolve_types();
  void resolve_codes();
  void choose_root(std::string_view message, const TableFile& file);
  void problem(std::string_view code, const TableFile& file, const Statement& line, std::size_t word,
               std::string message, std::string expected = {});
  TypeId new_type(NodeKind kind);

  std::span<const TableFile> library_;
  Problems& problems_;
  Layout& layout_;
  std::set<std::string, std::less<>> files_;
  std::map<std::string, Representation, std::less<>> elements_;
  std::map<std::string, TypeId, std::less<>> type_names_, composites_, segments_;
  std::map<std::string, std::uint16_t, std::less<>> set_sizes_;  ///< data elements of a set, by its name
  struct TypeUse {
    TypeId owner;
    std::size_t child;
    std::string name;
    Place place;
  };
  std::vector<TypeUse> type_uses_;
  struct CodeUse {
    TypeId owner;
    std::uint16_t position;
    std::string code;
    bool mandatory;
    std::uint32_t most;
    Place place;
  };
  std::vector<CodeUse> code_uses_;
  struct SegmentUse {
    TypeId owner;
    std::size_t child;
    Place place;
  };
  std::vector<SegmentUse> segment_uses_;
  std::vector<Root> roots_;
  bool message_seen_ = false;
};

}  // namespace purser::map
