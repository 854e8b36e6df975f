// A large interchange needs no more memory than a small one.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>

#include "connectors/edifact/reading.h"
#include "tests/connectors/edifact/interchange.h"

namespace purser::edifact {
namespace {

#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr std::uint64_t invoices = 14'000;  // about 68 MB
#else
constexpr std::uint64_t invoices = 400;  // as much as slow code reads in the time of a test
#endif
constexpr std::uint64_t invoice_bytes = 4'800;
constexpr std::uint64_t max_resident = 100 << 20;  // what the project promises for any size

class Counter : public DocumentSink {
 public:
  Outcome push(std::span<const Event> batch) override {
    for (const Event& event : batch) documents += event.kind == EventKind::end_document ? 1U : 0U;
    return {};
  }
  void finding(Finding finding) override { findings.add(std::move(finding)); }
  void loss(Loss /*loss*/) override { ++losses; }
  std::uint64_t documents = 0, losses = 0;
  Report findings;
};

TEST(Memory, StaysFlatOnALargeInterchange) {
  const auto path = std::filesystem::temp_directory_path() / ("purser-edifact-" + std::to_string(::getpid()) + ".edi");
  {
    std::ofstream file(path, std::ios::binary);
    test::write_interchange(file, {invoices, 25});
  }
  EXPECT_GT(std::filesystem::file_size(path), invoices * invoice_bytes);
  Tables tables({});
  const sdk::Request request;
  Counter counter;
  Reading reading(tables, request, counter);
  auto source = reader::FileSource::open(path.string());
  ASSERT_TRUE(source.has_value());
  const Outcome outcome = read(*source, reading);
  std::filesystem::remove(path);
  EXPECT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_EQ(counter.documents, invoices);
  EXPECT_TRUE(counter.findings.empty()) << to_line(counter.findings.findings().front(), "large");
  EXPECT_EQ(counter.losses, 0U);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  rusage usage{};
  ASSERT_EQ(getrusage(RUSAGE_SELF, &usage), 0);
  EXPECT_LT(static_cast<std::uint64_t>(usage.ru_maxrss) << 10, max_resident);
#endif
}

}  // namespace
}  // namespace purser::edifact
