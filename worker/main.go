// Worker serves contracts: it performs their workflows, reaches the vendors for them, and relays what people
// did while no worker was there.
package main

import "lvyue/internal/program"

func main() { program.Main(serve) }
