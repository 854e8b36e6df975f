// What one run came to, and how it is told.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace purser::bench {

struct Figures {
  std::string who = "purser";
  std::size_t clients = 0;
  std::uint64_t asked_rate = 0;  ///< a second; 0: as fast as they can
  std::uint64_t accepted = 0, delivered = 0, answered_otherwise = 0, connections_lost = 0;
  std::chrono::duration<double> took{};           ///< to the last delivery
  std::vector<std::uint32_t> answer, delivery;    ///< microseconds, sorted; `delivery` of peers is not known
  std::map<std::string, std::int64_t> processor;  ///< milliseconds by stage; none of peers
  std::vector<std::int64_t> memory;               ///< megabytes in the course of the run

  [[nodiscard]] double a_second() const;
  [[nodiscard]] bool whole() const {
    return answered_otherwise + connections_lost == 0 && delivered == accepted;
  }
};

/// For people.
std::string as_text(const Figures& figures);
/// One JSON object in one line.
std::string as_json(const Figures& figures);

}  // namespace purser::bench
