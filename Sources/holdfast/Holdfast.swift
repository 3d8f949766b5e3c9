import ArgumentParser
import Server
import Lab
@main struct Holdfast: ParsableCommand {}
