// The canonical model as the program sees it: which documents, groups and fields there are.
// The tables behind it are generated from the *.spec files beside this header.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "canonical/value/scalar.h"

namespace purser {

/// The documents of the canonical model. Stable numbers: they are stored and cross the plugin line.
enum class DocumentType : std::uint16_t {
  none = 0,
  requisition = 1,
  supplier = 2,
  purchase_order = 3,
  order_change = 4,
  order_response = 5,
  ship_notice = 6,
  receipt = 7,
  invoice = 8,  ///< credit note included: invoice.kind tells
  invoice_response = 9,
  invoice_exception = 10,
  payment_order = 11,
  payment_status = 12,
  bank_statement = 13,
  remittance = 14,
  tax_request = 15,
  tax_result = 16,
  acknowledgement = 17,
  catalogue = 18,
  statement = 19,
  service_profile = 20
};

struct GroupDescriptor;
class CodeList;  // code_list.h

/// A set of field numbers of one group. Numbers end at max_field_number so that a set is two words.
class FieldSet {
 public:
  static constexpr std::uint16_t max_field_number = 127;
  constexpr FieldSet() = default;
  constexpr FieldSet(std::uint64_t low, std::uint64_t high) : words_{low, high} {}
  /// Precondition: number <= max_field_number.
  [[nodiscard]] constexpr bool has(std::uint16_t number) const {
    return (words_[number >> 6] >> (number & 63) & 1) != 0;
  }
  constexpr void insert(std::uint16_t number) { words_[number >> 6] |= std::uint64_t{1} << (number & 63); }
  /// True if every number of `other` is in this set.
  [[nodiscard]] constexpr bool covers(const FieldSet& other) const {
    return ((other.words_[0] & ~words_[0]) | (other.words_[1] & ~words_[1])) == 0;
  }

 private:
  std::uint64_t words_[2] = {0, 0};
};

/// One field of a group: a scalar, or a nested group.
struct FieldDescriptor {
  std::string_view name;         ///< "issue_date"; lower case, underscores; the JSON key
  std::uint16_t number;          ///< stable within its group, never reused
  bool repeated;                 ///< a list; JSON array
  bool required;                 ///< a document without it gets finding MODEL-0001
  bool streamed;                 ///< top level lists of unbounded length (lines, entries): never held whole
  ScalarType type;               ///< meaningful if `group` is null
  const GroupDescriptor* group;  ///< non-null for a nested group
  std::string_view code_list;    ///< key of a code list ("iso4217"), empty if none
  const CodeList* codes;         ///< the list itself; null if there is none
  std::string_view description;  ///< one line for the field reference
};

/// A group: a struct of the model, an object in JSON. Fields stand in order of output.
struct GroupDescriptor {
  std::string_view name;  ///< "party"
  std::span<const FieldDescriptor> fields;
  std::span<const std::uint8_t> by_number;  ///< index into `fields` + 1 by number, 0 where there is none
  std::span<const std::uint8_t> by_name;    ///< indexes into `fields`, sorted by name
  FieldSet required;                        ///< numbers of the required fields
  /// Null if there is none. Constant time by number, logarithmic by name. [any]
  [[nodiscard]] const FieldDescriptor* find(std::uint16_t number) const {
    std::uint8_t at = number < by_number.size() ? by_number[number] : std::uint8_t{0};
    return at == 0 ? nullptr : &fields[at - 1U];
  }
  [[nodiscard]] const FieldDescriptor* find(std::string_view field_name) const;
};

/// A business term bound to a path of one document: {"seller.name", "BT-27", "Seller name"}.
struct TermDescriptor {
  std::string_view path;
  std::string_view term;
  std::string_view title;
};

/// A field whose value is a business key, indexed at admission: {"order_reference.number", "order"}.
struct KeyDescriptor {
  std::string_view path;  ///< dotted path from the document's root; lists are entered
  std::string_view kind;  ///< order, invoice, contract, supplier, buyer, shipment, receipt, payment …
};

struct DocumentDescriptor {
  DocumentType type;
  std::string_view name;   ///< "purchase_order"
  std::string_view title;  ///< "Purchase order"
  const GroupDescriptor* root;
  std::span<const TermDescriptor> terms;
  std::span<const KeyDescriptor> keys;
};

/// All documents, in the order of DocumentType. [any]
std::span<const DocumentDescriptor> documents();
const DocumentDescriptor* find_document(DocumentType type);
const DocumentDescriptor* find_document(std::string_view name);

/// Resolves "seller.address.city" from a root; null with `*bad` set to the first unknown name.
const FieldDescriptor* resolve(const GroupDescriptor& root, std::string_view path,
                               std::string_view* bad = nullptr);
/// The name among `group`'s fields that is nearest to a misspelt one, empty if none is near.
std::string_view nearest_field(const GroupDescriptor& group, std::string_view misspelt);

/// Version of the model's declaration, "1.0"; grows with each field added.
std::string_view model_version();

}  // namespace purser
