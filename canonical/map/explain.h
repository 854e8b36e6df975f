// What a table does, said to people: rows behind values, the table as a specification, what it leaves unread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/map/program.h"

namespace purser::map {

/// The row behind a value. Views live as long as the Program.
struct RowView {
  std::string_view table;  ///< file name
  std::uint32_t line = 0;
  std::string_view text;    ///< the row as written, blanks reduced: "NAD.C082.3039 id"
  std::string_view remark;  ///< the comment behind it
  std::string_view source;  ///< "NAD.C082.3039"
  std::string_view target;  ///< "id", as the row says it
};

/// By Position::table and Position::row of an event, a finding or a loss. Nothing if no row was involved.
/// [any]
std::optional<RowView> row_of(const Program& program, std::uint16_t table, std::uint16_t row);

/// The table as the partner's specification, in Markdown: for each block source, canonical path, business
/// term, conversion and remark. [any]
std::string specification(const Program& program);

/// A place of the layout that no row reads.
struct Unread {
  std::string source;      ///< "NAD.C059.3042", "/Invoice/cac:Delivery/cbc:ID"; a node ends with "/*" or ".*"
  bool mandatory = false;  ///< the layout demands it within its parent
};

/// What the layout allows and the table does not read, without looking at a document. Conditions are taken
/// to hold. Nodes of which nothing is read are named once. [any]
std::vector<Unread> coverage(const Program& program);

}  // namespace purser::map
