// SPDX-License-Identifier: Apache-2.0
// Keeps something over a step that no controller can write to its disk.
def matcher = 'fake-1.0' =~ '[a-z]+'
echo 'a step'
echo "found: ${matcher.find()}"
