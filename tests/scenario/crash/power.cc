#include "tests/scenario/crash/power.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include "tests/scenario/kill/child.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t size = std::uintmax_t{1} << 30;  // sparse: a database, its log, and room for both
constexpr unsigned long shutdown_request = _IOR('X', 125, std::uint32_t);  // EXT4_IOC_SHUTDOWN
constexpr std::uint32_t without_log_flush = 2;                            // EXT4_GOING_FLAGS_NOLOGFLUSH

bool run(const std::vector<std::string>& command) {
  return fs::exists(command.front()) && Child(command).wait() == 0;
}

void kill_those_in(const std::string& path) {
  for (const auto& process : fs::directory_iterator("/proc")) {
    const int number = std::atoi(process.path().filename().c_str());
    std::error_code gone;
    if (number > 0 && fs::read_symlink(process.path() / "cwd", gone).string().starts_with(path))
      ::kill(number, SIGKILL);
  }
}

}  // namespace

std::unique_ptr<PowerDisk> PowerDisk::at(const std::string& path) {
  const std::string image = path + ".image";
  std::error_code failed;
  if (const int file = ::open(image.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600); file >= 0)
    ::close(file);
  fs::resize_file(image, size, failed);
  std::unique_ptr<PowerDisk> disk(new PowerDisk(path));
  if (failed || !run({"/usr/sbin/mkfs.ext4", "-q", "-F", image}) || !disk->mount()) return nullptr;
  fs::remove(path + "/lost+found");
  return disk;
}

PowerDisk::~PowerDisk() {
  static_cast<void>(unmount());
  std::error_code ignored;
  fs::remove(path_ + ".image", ignored);
}

bool PowerDisk::mount() { return run({"/usr/bin/mount", "-o", "loop", path_ + ".image", path_}); }

// A process that is about to end keeps its folder busy for a moment.
bool PowerDisk::unmount() {
  constexpr int patience = 100;
  for (int i = 0; i < patience; ++i) {
    if (::umount2(path_.c_str(), 0) == 0) return true;
    if (errno != EBUSY) return false;  // it was never mounted
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ::umount2(path_.c_str(), MNT_DETACH);
  return false;
}

void PowerDisk::fill() {
  const int file = ::open((path_ + "/filler").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  off_t end = 0;
  for (off_t piece = 64 << 20; piece >= 4096; piece /= 4) {
    while (::posix_fallocate(file, end, piece) == 0) end += piece;
  }
  ::close(file);
}

void PowerDisk::empty() { ::unlink((path_ + "/filler").c_str()); }

void PowerDisk::lose_power() {
  const int folder = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  std::uint32_t flags = without_log_flush;
  ::ioctl(folder, shutdown_request, &flags);
  ::close(folder);
}

bool PowerDisk::power_again() {
  kill_those_in(path_);
  return unmount() && mount();
}

}  // namespace purser::gateway
