// The mapping tables of one connector as a page for integrators, in Markdown.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace purser::pages {

/// A table file by its name below the connector's folder ("tables/invoice.map") and its text.
using TableText = std::pair<std::string, std::string>;

/// The page of a connector: for each table, in order of the names, its rows with source, canonical field,
/// business term, conversion, direction and remark; blocks and cross maps where they are declared. Then each
/// overlay: whose it is, which table it changes, and its deviations by name with what they change.
std::string page(const std::string& connector, const std::vector<TableText>& tables,
                 const std::vector<TableText>& overlays = {});

}  // namespace purser::pages
