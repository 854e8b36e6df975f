// Tables through which any struct of the model is filled and read without code of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "canonical/model/maybe.h"
#include "canonical/spec/descriptor.h"

namespace purser::model {

struct GroupAccess;

/// Where a field lies in its struct. Stands at the same index as its FieldDescriptor.
struct FieldAccess {
  std::size_t offset;
  const GroupAccess* group;  ///< null for a scalar
};

/// How members of type Maybe<T> and std::vector<T> are handled for one group's struct T.
struct GroupAccess {
  const GroupDescriptor* descriptor;
  std::span<const FieldAccess> fields;
  void* (*emplace)(void* maybe);
  const void* (*get)(const void* maybe);
  void* (*append)(void* list);
  std::size_t (*size)(const void* list);
  const void* (*at)(const void* list, std::size_t index);
};

struct DocumentAccess {
  DocumentType type;
  std::span<const FieldAccess> fields;
};

template <class T>
constexpr GroupAccess group_access(const GroupDescriptor& descriptor, std::span<const FieldAccess> fields) {
  return {&descriptor,
          fields,
          [](void* maybe) -> void* { return &static_cast<Maybe<T>*>(maybe)->emplace(); },
          [](const void* maybe) -> const void* { return static_cast<const Maybe<T>*>(maybe)->get(); },
          [](void* list) -> void* { return &static_cast<std::vector<T>*>(list)->emplace_back(); },
          [](const void* list) { return static_cast<const std::vector<T>*>(list)->size(); },
          [](const void* list, std::size_t index) -> const void* {
            return &(*static_cast<const std::vector<T>*>(list))[index];
          }};
}

}  // namespace purser::model
