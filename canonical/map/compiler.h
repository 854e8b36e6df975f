// Turns a Table into a Plan: every name looked up, every path a chain of numbered steps.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "canonical/map/call.h"
#include "canonical/map/plan.h"
#include "canonical/map/resolve.h"
#include "canonical/map/table.h"

namespace purser::map {

/// Fills `row`'s conversion from the words behind its target. False with a problem told.
class ConversionCompiler {
 public:
  ConversionCompiler(Plan& plan, Table& table, Resolver& resolver, Problems& problems)
      : plan_(plan), table_(table), resolver_(resolver), problems_(problems) {}
  bool compile(const RowText& text, const Resolved& source, const GroupDescriptor& group, Row& row);
  /// Cross maps by name; index + 1, 0 if there is none.
  std::uint16_t codes(const std::string& name);

 private:
  struct Words;
  bool word(const RowText& text, const Resolved& source, Words& words, Row& row);
  bool fits(const RowText& text, std::string_view name, const Row& row);
  bool decimal(const RowText& text, const Word& name, Words& words, Conversion& conversion);
  bool dates(const RowText& text, const Resolved& source, Words& words, Row& row);
  bool companion(const RowText& text, const Resolved& source, Words& words, Row& row);
  bool date_parts(const RowText& text, Words& words, Row& row);
  bool join(const RowText& text, const Resolved& source, Words& words, Row& row);
  bool fail(const RowText& text, std::uint32_t column, std::string_view code, std::string message,
            std::string expected);

  Plan& plan_;
  Table& table_;
  Resolver& resolver_;
  Problems& problems_;
  const GroupDescriptor* group_ = nullptr;
};

/// One compilation. [serial]
class Compiler {
 public:
  Compiler(Plan& plan, Table& table, const CallTable& calls, Problems& problems)
      : plan_(plan),
        table_(table),
        calls_(calls),
        problems_(problems),
        resolver_(plan.layout, plan.document, problems),
        conversions_(plan, table, resolver_, problems) {}
  void run();

 private:
  /// Where a row stands in the source, for the order of a streamed document.
  struct Placed {
    std::uint32_t row = 0;
    std::uint32_t entry = 0;  ///< index + 1
    std::vector<NameId> names;
    std::vector<std::uint32_t> orders;
    bool predicates = false;
  };
  struct BodyBuild {
    std::vector<Placed> placed;
    std::map<std::string, const RowText*> written;  ///< target → the row that writes it
  };

  std::uint32_t new_body(const Context& context, const GroupDescriptor* group);
  void add_rows(std::uint32_t body, const std::vector<RowText>& rows, const Context& context,
                std::set<std::string>& open);
  void add_row(std::uint32_t body, const RowText& text, const Context& context);
  void add_uses(std::uint32_t body, const std::vector<Word>& uses, const Place& place, const Context& context,
                std::set<std::string>& open);
  bool target(const RowText& text, const GroupDescriptor& group, Row& row);
  bool target_path(const RowText& text, const GroupDescriptor& group, Row& row);
  bool target_shape(const RowText& text, Row& row);
  bool written_once(std::uint32_t body, const RowText& text, const Row& row);
  Want wanted(const RowText& text) const;
  std::uint32_t body_of(const RowText& text, const Context& context, const GroupDescriptor* group);
  std::uint32_t walk(std::uint32_t body, const Resolved& source);
  void read_row(std::uint32_t body, const RowText& text, std::uint32_t row,
                const std::vector<Resolved>& places, const GroupDescriptor* group);
  void write_row(std::uint32_t body, const RowText& text, std::uint32_t row, const Resolved& place,
                 const GroupDescriptor* group);
  void place_row(std::uint32_t body, std::uint32_t row, std::uint32_t entry, const Resolved& source);
  std::vector<OutStep> out_path(const Resolved& source);
  std::uint32_t signature(const ResolvedStep& step);
  void everywhere();
  void stream();
  void stream_body(std::uint32_t body, std::vector<NameId> names, std::vector<std::uint32_t> orders,
                   bool predicates, bool second_pass, std::set<std::uint32_t>& seen);
  void pass(const std::vector<NameId>& names);
  void check_required();
  void required_of(std::uint32_t body, const Place& place);
  void filled_by(std::uint32_t body, std::set<std::uint16_t>& fields, std::set<std::uint32_t>& seen,
                 bool& all) const;
  void from_root_fields(std::set<std::uint16_t>& fields) const;
  void check_unused();
  void columns();

  Plan& plan_;
  Table& table_;
  const CallTable& calls_;
  Problems& problems_;
  Resolver resolver_;
  ConversionCompiler conversions_;
  std::vector<BodyBuild> builds_;
  std::map<std::string, std::uint32_t> shared_bodies_, signatures_;
  std::map<std::uint32_t, Place> body_places_;
};

}  // namespace purser::map
