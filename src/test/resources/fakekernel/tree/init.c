// SPDX-License-Identifier: Apache-2.0
#include "release.h"

extern int find_route(int key);
const char release[] = KERNELRELEASE;

void start(void)
{
	find_route(release[0]);
}
