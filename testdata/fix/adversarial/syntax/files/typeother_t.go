package files

// TypeOther is.
type TypeOther struct{ out chan int } // end
