#pragma once

#include <filesystem>
#include <string>

namespace konseki::store {

/// A PostgreSQL server for the tests of this program alone: in a temporary folder, reached over a socket file in it,
/// stopped when the program ends.
class TestCluster {
  public:
    TestCluster(std::filesystem::path folder, std::filesystem::path programs);
    ~TestCluster();
    TestCluster(const TestCluster&) = delete;
    TestCluster& operator=(const TestCluster&) = delete;

    bool is_running() const { return is_running_; }
    /// The URL of a database that is empty.
    std::string new_database();

  private:
    std::filesystem::path folder_, programs_;
    bool is_running_ = false;
    int made_ = 0;
};

/// Null where no server is installed or it cannot be started, which is said on one line.
TestCluster* test_cluster();

}  // namespace konseki::store
