// An optional group: a value that may be absent, held apart so that structs stay small and may refer to each
// other.
#pragma once

#include <memory>
#include <utility>

namespace purser::model {

/// Like std::optional, but with the value on the heap; T may be incomplete where a Maybe<T> is declared.
/// Copies deeply. Not thread safe.
template <class T>
class Maybe {
 public:
  Maybe() = default;
  Maybe(T value) : value_(std::make_unique<T>(std::move(value))) {}  // NOLINT: a value is a present Maybe
  Maybe(const Maybe& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Maybe(Maybe&&) noexcept = default;
  Maybe& operator=(Maybe other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }
  ~Maybe() = default;

  [[nodiscard]] bool has_value() const { return value_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  /// Precondition of * and ->: has_value().
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }
  T* get() { return value_.get(); }
  const T* get() const { return value_.get(); }  ///< null if absent

  /// A fresh, empty value.
  T& emplace() {
    value_ = std::make_unique<T>();
    return *value_;
  }
  void reset() { value_.reset(); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace purser::model
