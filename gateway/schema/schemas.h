// The schemas of one JSON text, compiled, and texts held against them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/json_reader.h"
#include "canonical/finding/finding.h"
#include "gateway/schema/schema.h"

namespace purser::gateway {

/// Schemas by their JSON pointer (RFC 6901) within one text. Immutable once made: [any].
class Schemas {
 public:
  /// `text` is JSON; every member of the object at `pointer` is a schema. Throws std::logic_error, naming the
  /// place, at a keyword that is not held, a reference that leads nowhere or to itself, a pattern that RE2
  /// does not take: a schema that would be held in part only is a defect of ours.
  Schemas(std::string_view text, std::string_view pointer);
  ~Schemas();
  Schemas(const Schemas&) = delete;
  Schemas& operator=(const Schemas&) = delete;

  /// The member's schema; null if there is none.
  [[nodiscard]] const Schema* find(std::string_view name) const;

 private:
  std::vector<std::unique_ptr<Schema>> made_;
  std::map<std::string, const Schema*, std::less<>> named_;
};

/// A caller is helped by the first errors; a hostile text gets no more of our memory.
inline constexpr std::size_t max_schema_findings = 100;

/// Reads one JSON value and holds it against `schema`: SCHEMA-NNNN findings with the JSON pointer as path. An
/// error is about the text itself: JSON-0001, JSON-0005 (with its place in `report`), or the input's own.
/// Memory is bounded by the depth, not the length, of the text.
Outcome validate(const TextInput& input, const Schema& schema, const JsonLimits& limits, Report& report);

/// The same for canonical documents, one after the other: the schema of each is that of its first member
/// "document", which must name one of `schemas` and of the model.
Outcome validate_documents(const TextInput& input, const Schemas& schemas, const JsonLimits& limits,
                           Report& report);

}  // namespace purser::gateway
