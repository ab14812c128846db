"""Completion in a shell: what may stand where the user pressed Tab?"""
