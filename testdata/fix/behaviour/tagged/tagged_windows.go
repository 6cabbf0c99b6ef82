package tagged

// Name is the system's.
const Name = "windows"
