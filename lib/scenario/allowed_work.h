#pragma once

#include "scene.h"

// The parts of plan_allowed_work.

namespace konseki::scenario {

/// Services, tasks, settings in the registry and files of hosts.
void allow_services(Scene& scene);
void allow_tasks(Scene& scene);
void allow_settings(Scene& scene);
void allow_settings_of_a_user(Scene& scene);
void allow_files(Scene& scene);
/// Programs that somebody starts by hand.
void allow_programs(Scene& scene);

}  // namespace konseki::scenario
