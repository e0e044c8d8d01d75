package live

import "time"

// Limits bounds what people and programs may ask of a server. Every one is an option of `unisson serve`.
type Limits struct {
	Frame      int           // bytes of one message
	Board      int           // bytes of one board, and of the sync step 2 that brings a local one
	Rate       int           // messages a second of one connection; beyond it, the server reads more slowly
	PerAddress int           // connections of one address; 0: no limit
	PerBoard   int           // connections to one board
	Boards     int           // boards one address may create in an hour; 0: no limit
	Queue      int           // frames waiting for a slow client before it is cut
	Handshake  time.Duration // from a request to its connection
	Ping       time.Duration // between two pings, in whole seconds
	Pong       time.Duration // of silence before a client counts as gone
	Code       time.Duration // for which a join code opens its board
	Retention  time.Duration // without anybody opening or editing a board before it is deleted, in whole days
}

// Defaults are those of a public server.
var Defaults = Limits{
	Frame: 64 << 10, Board: 20 << 20, Rate: 50, PerAddress: 320, PerBoard: 300, Boards: 60, Queue: 256,
	Handshake: 5 * time.Second, Ping: 25 * time.Second, Pong: 60 * time.Second, Code: 30 * time.Minute, Retention: 90 * 24 * time.Hour,
}

// What has no option: nobody would want another value.
const (
	presenceBytes  = 8 << 10               // of one client's presence
	presenceIDs    = 4                     // clients one connection may speak for
	presenceChunk  = 16 << 10              // of presence sent in one frame: the stock client sends what it received back, in one frame
	presencePause  = 50 * time.Millisecond // between two frames of presence or of the session to one room
	quietMost      = 18                    // seconds without a message to a client, whose program would think it lost after 30
	diffBytes      = 256 << 10             // of what is put together for one client; beyond, it gets the whole, which all share
	inFlight       = 16                    // messages of one connection that wait for its room
	commitTime     = 10 * time.Second      // for which a room waits for the disk
	loadTime       = 30 * time.Second
	closeTime      = 2 * time.Second // for a client to answer a close frame
	peopleMax      = 1000            // of one board
	nameMax        = 80              // characters
	questionMax    = 500
	answerMax      = 2000
	bodyMax        = 32 << 10 // bytes of a request
	codeFailures   = 20       // wrong codes an address may try in a minute
	allFailures    = 1200     // wrong codes all addresses may try in a minute
	snapshotGrowth = 256 << 10
	snapshotCount  = 2000
	returnFrom     = 1 << 20  // bytes of copies of large boards after which memory is given back
	largeCopy      = 64 << 10 // smaller ones leave what is soon used again
	crowdCame      = 200      // connections after whose coming it is too
	crowdPause     = 250 * time.Millisecond
	sweepSoon      = time.Minute    // after a start: everybody comes back first
	scrubEvery     = 12 * time.Hour // half of what is promised for deleted text
)
