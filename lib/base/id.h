// Typed indexes and the arenas they index.
//
// An id is an index into exactly one `Store`; ids of different stores do not
// convert into each other. Ids are handed out in insertion order, which the
// readers keep equal to source order, so sorting by id sorts by place.
#pragma once

#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace jaa::base {

// An index into the store of `Tag`. The default id is none.
template <class Tag>
struct Id {
  int32_t value = -1;

  constexpr Id() = default;
  constexpr explicit Id(int32_t index) : value(index) {}
  constexpr explicit Id(size_t index) : value(static_cast<int32_t>(index)) {}

  [[nodiscard]] constexpr bool is_valid() const { return value >= 0; }
  [[nodiscard]] constexpr size_t index() const {
    assert(value >= 0 && "index of an absent id");
    return static_cast<size_t>(value);
  }
  friend constexpr auto operator<=>(Id, Id) = default;
};

// Owns values of `T` and gives each an `IdT`. Never removes.
template <class IdT, class T>
class Store {
 public:
  IdT add(T value) {
    values_.push_back(std::move(value));
    return IdT(values_.size() - 1);
  }
  [[nodiscard]] const T& operator[](IdT id) const { return values_[id.index()]; }
  [[nodiscard]] T& operator[](IdT id) { return values_[id.index()]; }
  [[nodiscard]] bool contains(IdT id) const { return id.is_valid() && id.index() < values_.size(); }
  [[nodiscard]] size_t size() const { return values_.size(); }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }
  [[nodiscard]] auto begin() { return values_.begin(); }
  [[nodiscard]] auto end() { return values_.end(); }
  void reserve(size_t count) { values_.reserve(count); }

 private:
  std::vector<T> values_;
};

}  // namespace jaa::base

template <class Tag>
struct std::hash<jaa::base::Id<Tag>> {
  size_t operator()(jaa::base::Id<Tag> id) const noexcept { return std::hash<int32_t>{}(id.value); }
};
