// A disk whose power can go, and whose room.
#pragma once

#include <memory>
#include <string>

namespace purser::gateway {

/// An ext4 file system of its own in a file. When its power goes the kernel drops at once whatever was written to it
/// and not synced, as it is lost behind a real plug (EXT4_IOC_SHUTDOWN without a flush of the log).
class PowerDisk {
 public:
  /// Mounted at `path`, an empty folder. Null without the right to mount one or without mkfs.ext4.
  static std::unique_ptr<PowerDisk> at(const std::string& path);
  PowerDisk(const PowerDisk&) = delete;
  PowerDisk& operator=(const PowerDisk&) = delete;
  ~PowerDisk();

  /// Takes what room is left, and gives it back.
  void fill();
  void empty();
  /// Every call fails from here on; who works in the folder is to be killed.
  void lose_power();
  /// Kills what still has its working folder here, and mounts what is left. False if that is not to be had.
  [[nodiscard]] bool power_again();

 private:
  explicit PowerDisk(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] bool mount();
  [[nodiscard]] bool unmount();

  std::string path_;
};

}  // namespace purser::gateway
