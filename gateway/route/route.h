// Which documents go where, in which form. The table comes checked from the settings and is swapped whole.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/deliver/target.h"
#include "gateway/message/message.h"
#include "gateway/port/published.h"
#include "gateway/xsd/xsd_check.h"

namespace purser::gateway {

/// What a document must be for a route to take it. Empty members match everything; `*` stands for any text.
struct RouteMatch {
  std::string source;  ///< intake's name
  std::string partner;
  std::string document;  ///< "invoice"
  std::string format;    ///< "ubl"
  std::vector<std::pair<std::string, std::string>>
      fields;  ///< canonical path → pattern: {"buyer.id", "529900*"}
};

/// An acknowledgement that has to come for what a route delivers.
struct Expect {
  Awaited awaited;
  std::chrono::seconds within{0};
  std::string partner;  ///< who answers; empty: anybody
};

/// One route. Every route of the message's tenant that matches gives one delivery; `last` ends the search.
struct Route {
  std::string name;
  bool enabled = true;
  RouteMatch match;
  std::string connector;  ///< "edifact"; empty: canonical JSON
  std::string format;     ///< JSON object for the connector: {"message":"INVOIC","version":"D96A"}
  std::string target;
  std::vector<std::string> lane;   ///< canonical paths whose values make the lane; empty: no order
  std::vector<std::string> rules;  ///< packs of business rules that what it takes is judged by, too
  bool strict = false;             ///< warnings park, too
  bool last = false;
  std::vector<Expect> expect;
};

/// How a partner numbers his interchanges.
enum class References : std::uint8_t {
  unique,       ///< a reference that comes again is the same interchange, or a mistake
  consecutive,  ///< the same, and one that is left out is missing
  reused        ///< says nothing: the partner begins again
};

/// What a source's senders are answered.
struct Acknowledging {
  std::string technical;  ///< the connector's setting `acknowledge`, such as "contrl"; empty: nothing
  bool content = false;   ///< an acknowledgement of each document's content, too (APERAK, 824)
};

/// Routes and targets as they were loaded together, with what is agreed about interchanges. Immutable once
/// published.
struct RouteTable {
  std::vector<Route> routes;  ///< tried in order
  std::vector<Target> targets;
  std::map<std::string, References> references;        ///< by partner; absent: unique
  std::map<std::string, Acknowledging> acknowledging;  ///< by source; absent: nothing
  std::map<std::string, XsdWish> xsd;                  ///< by source; absent: not held against XML Schemas
  /// Packs of business rules that documents of a partner or a source are judged by, by its name.
  std::map<std::string, std::vector<std::string>> partner_rules, source_rules;
  [[nodiscard]] const Target* find_target(std::string_view name) const;
};

/// The table in force. Readers keep the snapshot they took; a swap is one step. [any]
class Router {
 public:
  explicit Router(std::shared_ptr<const RouteTable> table) : table_(std::move(table)) {}
  [[nodiscard]] std::shared_ptr<const RouteTable> table() const { return table_.get(); }
  void swap(std::shared_ptr<const RouteTable> table) { table_.swap(std::move(table)); }

 private:
  Published<RouteTable> table_;
};

/// Judges documents by the packs of the routes that take them, plans their deliveries and decides the
/// message's state: delivering, or parked (ROUTE-0001: no route; ROUTE-0002: findings of severity error;
/// ROUTE-0003: warnings on a strict route), or rejected. Fills `deliveries`, `state`, `why` and the findings
/// of `what`; encodes nothing. [any]
void plan(const RouteTable& table, const Incoming& incoming, Understanding& what);

}  // namespace purser::gateway
