"""Keeps workouts, their history, files, sightings, and what is to be assessed anew, in SQL."""
