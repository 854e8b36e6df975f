// The fields that amounts are computed from, found by their numbers. Internal to derived.cc.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "canonical/spec/descriptor.h"

namespace purser::table::derived {

/// Groups that say what something is computed from.
enum class Place : std::uint8_t {
  elsewhere,
  root,
  totals,
  subtotal,
  line,
  quantity,
  price,
  base,
  charge,
  allowance
};
inline constexpr std::size_t places = 10;

struct PlaceName {
  Place around, place;
  std::string_view name;
};
inline constexpr PlaceName place_names[] = {
    {Place::root, Place::totals, "totals"},  {Place::root, Place::subtotal, "tax_subtotals"},
    {Place::root, Place::line, "lines"},     {Place::line, Place::quantity, "quantity"},
    {Place::line, Place::price, "price"},    {Place::price, Place::base, "base_quantity"},
    {Place::line, Place::charge, "charges"}, {Place::line, Place::allowance, "allowances"}};

/// Their values.
enum class Said : std::uint8_t {
  line_net,
  tax,
  gross,
  payable,
  prepaid,
  rounding,
  withheld,
  subtotal_tax,
  net,
  quantity,
  price,
  gross_price,
  discount,
  base,
  charge,
  allowance
};

struct ValueName {
  Place place;
  Said said;
  std::string_view name;
};
inline constexpr ValueName value_names[] = {
    {Place::totals, Said::line_net, "line_net"}, {Place::totals, Said::tax, "tax"},
    {Place::totals, Said::gross, "gross"},       {Place::totals, Said::payable, "payable"},
    {Place::totals, Said::prepaid, "prepaid"},   {Place::totals, Said::rounding, "rounding"},
    {Place::totals, Said::withheld, "withheld"}, {Place::subtotal, Said::subtotal_tax, "tax_amount"},
    {Place::line, Said::net, "net_amount"},      {Place::quantity, Said::quantity, "value"},
    {Place::price, Said::price, "amount"},       {Place::price, Said::gross_price, "gross_amount"},
    {Place::price, Said::discount, "discount"},  {Place::base, Said::base, "value"},
    {Place::charge, Said::charge, "amount"},     {Place::allowance, Said::allowance, "amount"}};

/// The names above as a document's numbers; 0 where it has none.
class Numbers {
 public:
  void find(const GroupDescriptor* root) {
    groups_ = {};
    groups_[at(Place::root)] = root;
    place_numbers_ = {};
    value_numbers_ = {};
    for (std::size_t i = 0; i < std::size(place_names); ++i) {
      const PlaceName& each = place_names[i];
      const FieldDescriptor* field = field_of(each.around, each.name);
      if (field == nullptr) continue;
      place_numbers_[i] = field->number;
      groups_[at(each.place)] = field->group;
    }
    for (std::size_t i = 0; i < std::size(value_names); ++i) {
      const FieldDescriptor* field = field_of(value_names[i].place, value_names[i].name);
      if (field != nullptr && field->type == ScalarType::decimal) value_numbers_[i] = field->number;
    }
  }
  [[nodiscard]] const FieldDescriptor* field_of(Place place, std::string_view name) const {
    const GroupDescriptor* group = groups_[at(place)];
    return group == nullptr ? nullptr : group->find(name);
  }
  /// Of a group by its number in the one around it.
  [[nodiscard]] Place place(Place around, std::uint16_t number) const {
    if (around == Place::elsewhere) return around;
    for (std::size_t i = 0; i < std::size(place_names); ++i) {
      if (place_names[i].around == around && place_numbers_[i] == number) return place_names[i].place;
    }
    return Place::elsewhere;
  }
  [[nodiscard]] std::optional<Said> value(Place place, std::uint16_t number) const {
    for (std::size_t i = 0; i < std::size(value_names); ++i) {
      if (value_names[i].place == place && value_numbers_[i] == number) return value_names[i].said;
    }
    return std::nullopt;
  }

 private:
  static std::size_t at(Place place) { return static_cast<std::size_t>(place); }

  std::array<const GroupDescriptor*, places> groups_{};
  std::array<std::uint16_t, std::size(place_names)> place_numbers_{};
  std::array<std::uint16_t, std::size(value_names)> value_numbers_{};
};

}  // namespace purser::table::derived
