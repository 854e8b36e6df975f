// What one value that is no object and no list may be.
#pragma once

#include <span>

#include "canonical/finding/finding.h"
#include "gateway/schema/schema.h"

namespace purser::gateway {

/// The form of this name out of those that are held: date, date-time, time, uri, uuid; null if there is none.
const Form* find_form(std::string_view name);

/// What a value was found to be. Alternatives are judged without a report: only whether they fit counts.
struct Verdict {
  bool fits = true;
  Report* report = nullptr;
};

/// Where a value stands.
struct Where {
  const std::string& pointer;
  const Position& at;
};

/// Marks the verdict, and reports the finding if somebody wants it.
void fail(Verdict& verdict, std::string_view code, const Where& where, std::string message,
          std::string expected);

/// Holds a scalar against a schema and all that it refers to.
void check_scalar(const Schema& schema, const Scalar& value, const Where& where, Verdict& verdict);

/// Weighs the alternatives of a schema: `fit` says of `any`, `one`, `no`, `condition`, `then` and
/// `otherwise`, in this order and as many as there are, whether the value fits.
void weigh(const Schema& schema, std::span<const char> fit, const Where& where, Verdict& verdict);
/// The schemas that weigh() asks about, in its order.
std::vector<const Schema*> alternatives_of(const Schema& schema);

/// A value of a type that the schema does not allow. `type` is one bit.
void fail_type(const Schema& schema, JsonType type, const Where& where, Verdict& verdict);
/// A count out of bounds: "1 to 5 characters".
void check_count(const Bounds& bounds, std::uint64_t count, std::string_view of, const Where& where,
                 Verdict& verdict);

}  // namespace purser::gateway
