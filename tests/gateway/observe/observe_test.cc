#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/observe/log.h"
#include "gateway/observe/metrics.h"

namespace purser::gateway {
namespace {

using ::testing::HasSubstr;
constexpr Instant at = std::chrono::sys_days(std::chrono::year(2026) / 11 / 20);

TEST(Metrics, RenderAsPrometheusText) {
  Metrics metrics;
  metrics.accepted.add(3);
  metrics.waiting.add(-1);
  metrics.admission.observe(std::chrono::microseconds(90));
  metrics.admission.observe(std::chrono::microseconds(150));
  metrics.admission.observe(std::chrono::hours(1));
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr("# TYPE purser_accepted_total counter\npurser_accepted_total 3\n"));
  EXPECT_THAT(text, HasSubstr("purser_waiting -1\n"));
  EXPECT_THAT(text, HasSubstr("purser_admission_seconds_bucket{le=\"0.000100\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("purser_admission_seconds_bucket{le=\"0.000200\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("purser_admission_seconds_bucket{le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("purser_admission_seconds_count 3\n"));
}

TEST(Log, WritesTextAndJson) {
  EXPECT_EQ(log_line(at, LogForm::text, LogLevel::info, "delivered", {{"target", "erp"}, {"said", "a b"}}),
            "2026-11-20T00:00:00.000000Z info    delivered target=erp said=\"a b\"");
  EXPECT_EQ(log_line(at, LogForm::json, LogLevel::error, "parked", {{"code", "DELIVER-0003"}}),
            R"({"at":"2026-11-20T00:00:00.000000Z","level":"error","event":"parked","code":"DELIVER-0003"})");
}

TEST(Log, NoValueForgesALine) {
  for (const LogForm form : {LogForm::text, LogForm::json}) {
    const std::string line =
        log_line(at, form, LogLevel::info, "x", {{"v", "a\n2026 error forged\t\"\\\x7f"}});
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_THAT(line, HasSubstr("\\u000a"));
  }
}

}  // namespace
}  // namespace purser::gateway
