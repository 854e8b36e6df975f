// model_generator ROOT [--update | --check | --into FOLDER]: everything that is made from
// canonical/spec/*.spec.
// --check (the default) names every checked-in file that differs and exits 1; --update rewrites them.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tools/model/spec.h"

namespace {

namespace fs = std::filesystem;
using purser::model_generator::Errors;
using purser::model_generator::Outputs;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
}

int report(const Errors& errors) {
  for (const std::string& error : errors) std::cerr << error << "\n";
  return errors.empty() ? 0 : 1;
}

/// Files in the generated folders that nothing makes any more.
std::vector<fs::path> stale(const fs::path& root, const Outputs& outputs) {
  std::vector<fs::path> found;
  for (const char* folder :
       {"canonical/spec/generated", "canonical/model/generated", "docs/reference/model"}) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if (entry.is_regular_file() && !outputs.contains(fs::relative(entry.path(), root).generic_string()))
        found.push_back(entry.path());
  }
  return found;
}

int compare(const fs::path& root, const Outputs& outputs) {
  Errors errors;
  for (const auto& [path, text] : outputs)
    if (read(root / path) != text) errors.push_back(path + ": differs from what canonical/spec says");
  for (const fs::path& path : stale(root, outputs))
    errors.push_back(path.string() + ": nothing makes this file");
  if (!errors.empty()) errors.push_back("run: model_generator . --update");
  return report(errors);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::cerr << "usage: model_generator ROOT [--check | --update | --into FOLDER]\n";
    return 2;
  }
  fs::path root = arguments[1];
  std::string mode = count > 2 ? arguments[2] : "--check";
  purser::model_generator::Model model;
  Errors errors;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(root / "canonical/spec"))
    if (entry.path().extension() == ".spec") files.push_back(entry.path());
  std::ranges::sort(files);
  for (const fs::path& file : files)
    purser::model_generator::parse(read(file), fs::relative(file, root).generic_string(), model, errors);
  files.clear();
  for (const auto& entry : fs::directory_iterator(root / "canonical/spec/lists"))
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  std::ranges::sort(files);
  for (const fs::path& file : files)
    purser::model_generator::parse_list(read(file), fs::relative(file, root).generic_string(), model, errors);
  std::ranges::sort(model.documents, {}, &purser::model_generator::Document::number);
  purser::model_generator::check(model, errors);
  const std::string numbers = "canonical/spec/numbers.txt";
  purser::model_generator::check_numbers(read(root / numbers), model, numbers, errors);
  if (!errors.empty()) return report(errors);

  Outputs outputs;
  outputs[numbers] = purser::model_generator::used_numbers(model);
  purser::model_generator::write_descriptors(model, outputs);
  purser::model_generator::write_structs(model, outputs);
  purser::model_generator::write_schemas(model, outputs);
  purser::model_generator::write_reference(model, outputs);
  if (mode == "--check") return compare(root, outputs);
  fs::path target = mode == "--into" && count > 3 ? fs::path(arguments[3]) : root;
  if (mode == "--update")
    for (const fs::path& path : stale(root, outputs)) fs::remove(path);
  for (const auto& [path, text] : outputs)
    if (read(target / path) != text) write(target / path, text);
  return 0;
}
