// Master keys for tests of sealing, and a search through files.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gateway/seal/keys.h"

namespace purser::gateway {

inline MasterKey master(char first) {
  return *read_master_key(std::string(1, first) + std::string(42, 'A') + "=");
}

inline SealRules sealed_by(char first) {
  SealRules rules;
  rules.on = true;
  rules.master = master(first);
  return rules;
}

inline std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Paths below a folder whose bytes hold `text`.
inline std::vector<std::string> holding(const std::string& folder, const std::string& text) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && bytes_of(entry.path()).find(text) != std::string::npos)
      out.push_back(entry.path());
  }
  return out;
}

}  // namespace purser::gateway
