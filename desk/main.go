// Desk calls people when a fault comes, and takes in what they do in Slack and by links (§4). It needs no worker: what is done
// while none serves is stored with its moment. Any number of desks may run beside each other, on one database.
package main

import "lvyue/internal/program"

func main() { program.Main(serve) }
